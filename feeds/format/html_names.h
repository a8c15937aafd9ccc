// The names HTML gives to elements and attributes, as small numbers; and what the parser must know of each element.
// Pure, constant data. Names that newsd has no rule for are Other.
#pragma once

#include <cstdint>
#include <string_view>

namespace newsd {

/// Document and Text are no elements; the elements are those of the HTML standard, the obsolete ones included.
// clang-format off
enum class HtmlTag : std::uint8_t {
  Document, Text, Other,
  A, Abbr, Acronym, Address, AmpImg, Applet, Area, Article, Aside, Audio, B, Base, Basefont, Bdi, Bdo, Bgsound, Big,
  Blockquote, Body, Br, Button, Canvas, Caption, Center, Cite, Code, Col, Colgroup, Data, Datalist, Dd, Del, Details,
  Dfn, Dialog, Dir, Div, Dl, Dt, Em, Embed, Fieldset, Figcaption, Figure, Font, Footer, Form, Frame, Frameset, H1, H2,
  H3, H4, H5, H6, Head, Header, Hgroup, Hr, Html, I, Iframe, Img, Input, Ins, Kbd, Keygen, Label, Legend, Li, Link,
  Listing, Main, Map, Mark, Marquee, Math, Menu, Meta, Meter, Nav, Nobr, Noembed, Noframes, Noscript, Object, Ol,
  Optgroup, Option, Output, P, Param, Picture, Plaintext, Pre, Progress, Q, Rp, Rt, Ruby, S, Samp, Script, Search,
  Section, Select, Slot, Small, Source, Span, Strike, Strong, Style, Sub, Summary, Sup, Svg, Table, Tbody, Td, Template,
  Textarea, Tfoot, Th, Thead, Time, Title, Tr, Track, Tt, U, Ul, Var, Video, Wbr, Xmp,
};

/// The attributes that are kept; the others are read over.
enum class HtmlAttr : std::uint8_t {
  Other,
  Alt, Amp, AriaHidden, AriaLabel, Charset, Class, Content, DataComponent, DataOriginal, DataQa, DataSrc, DataSrcset,
  DataTestid, Datetime, Height, Hidden, Href, Hreflang, HttpEquiv, Id, Itemprop, Itemscope, Itemtype, Lang, Name,
  Property, Pubdate, Rel, Role, Src, Srcset, Style, Title, Type, Value, Width, XmlLang,
};
// clang-format on

/// names: in any case.
HtmlTag html_tag(std::string_view name);
HtmlAttr html_attr(std::string_view name);
/// The element's name in lower case; empty for Document, Text and Other.
std::string_view name_of(HtmlTag tag);

/// Never has content: br, img, meta …
bool is_void(HtmlTag tag);
/// Its content is text up to its end tag, whatever it looks like: script, style, title …
bool is_raw_text(HtmlTag tag);
/// A start tag that ends an open paragraph.
bool closes_paragraph(HtmlTag tag);
/// What the standard calls special: an end tag of an inline element does not reach across it.
bool is_special(HtmlTag tag);
/// Begins and ends a line of its own when shown.
bool is_block(HtmlTag tag);

}  // namespace newsd
