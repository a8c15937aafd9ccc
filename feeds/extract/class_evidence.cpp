#include "feeds/extract/class_evidence.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace newsd {
namespace {

using enum RemovedKind;

struct Word {
  std::string_view text;
  RemovedKind kind;
};

// clang-format off
/// Words that give a kind away wherever they stand in a name.
constexpr auto kWords = std::to_array<Word>({
    {"ad", Advertisement}, {"ads", Advertisement}, {"adsense", Advertisement}, {"adslot", Advertisement}, {"adunit", Advertisement},
    {"advert", Advertisement}, {"advertisement", Advertisement}, {"advertising", Advertisement}, {"adwrapper", Advertisement}, {"adbox", Advertisement},
    {"anzeige", Advertisement}, {"anzeigen", Advertisement}, {"banner", Advertisement}, {"banners", Advertisement}, {"dfp", Advertisement},
    {"gpt", Advertisement}, {"promo", Advertisement}, {"promos", Advertisement}, {"promobox", Advertisement}, {"promotion", Advertisement},
    {"publicidad", Advertisement}, {"publicidade", Advertisement}, {"pubblicita", Advertisement}, {"sponsor", Advertisement},
    {"sponsored", Advertisement}, {"sponsors", Advertisement}, {"werbung", Advertisement}, {"affiliate", Advertisement},
    {"outbrain", Related}, {"taboola", Related}, {"plista", Related}, {"revcontent", Related}, {"zergnet", Related}, {"mgid", Related},
    {"recirc", Related}, {"recirculation", Related}, {"recommendation", Related}, {"recommendations", Related}, {"recommended", Related},
    {"related", Related}, {"relacionadas", Related}, {"relacionados", Related}, {"relatedposts", Related}, {"readmore", Related},
    {"readnext", Related}, {"trending", Related}, {"mostread", Related}, {"mostpopular", Related}, {"popular", Related}, {"teaser", Related},
    {"teasers", Related}, {"upnext", Related}, {"yarpp", Related}, {"seealso", Related}, {"morestories", Related}, {"promolink", Related},
    {"jp-relatedposts", Related}, {"crosslink", Related}, {"crosslinks", Related}, {"correlati", Related}, {"weiterlesen", Related},
    {"addthis", Social}, {"addtoany", Social}, {"share", Social}, {"sharebar", Social}, {"sharing", Social}, {"sharedaddy", Social}, {"shares", Social},
    {"sharethis", Social}, {"social", Social}, {"socials", Social}, {"socialmedia", Social}, {"sociable", Social}, {"shariff", Social}, {"follow", Social},
    {"comment", CommentForm}, {"comments", CommentForm}, {"commentlist", CommentForm}, {"commentform", CommentForm}, {"disqus", CommentForm},
    {"kommentar", CommentForm}, {"kommentare", CommentForm}, {"respond", CommentForm}, {"trackback", CommentForm}, {"trackbacks", CommentForm},
    {"pingback", CommentForm}, {"livefyre", CommentForm}, {"coral", CommentForm}, {"viafoura", CommentForm}, {"openweb", CommentForm},
    {"spotim", CommentForm}, {"replies", CommentForm},
    {"breadcrumb", Navigation}, {"breadcrumbs", Navigation}, {"crumbs", Navigation}, {"crumb", Navigation}, {"footer", Navigation}, {"masthead", Navigation}, {"menu", Navigation},
    {"menus", Navigation}, {"nav", Navigation}, {"navi", Navigation}, {"navbar", Navigation}, {"navigation", Navigation}, {"pager", Navigation},
    {"pagination", Navigation}, {"sidebar", Navigation}, {"sidenav", Navigation}, {"subnav", Navigation}, {"toolbar", Navigation}, {"topbar", Navigation},
    {"toc", Navigation}, {"sitemap", Navigation}, {"skiplink", Navigation}, {"offcanvas", Navigation}, {"prevnext", Navigation}, {"complementary", Navigation},
    {"contentinfo", Navigation}, {"colophon", Navigation}, {"rightrail", Navigation}, {"rail", Navigation},
    {"cookie", Cookie}, {"cookies", Cookie}, {"consent", Cookie}, {"gdpr", Cookie}, {"onetrust", Cookie}, {"cmp", Cookie}, {"cookiebar", Cookie},
    {"disclaimer", Widget}, {"donate", Widget}, {"donation", Widget}, {"lightbox", Widget}, {"modal", Widget}, {"newsletter", Widget}, {"newsletters", Widget},
    {"overlay", Widget}, {"poll", Widget}, {"popup", Widget}, {"popover", Widget}, {"quiz", Widget}, {"signup", Widget}, {"subscribe", Widget},
    {"subscription", Widget}, {"tooltip", Widget}, {"widget", Widget}, {"widgets", Widget}, {"login", Widget}, {"register", Widget}, {"search", Widget},
    {"searchform", Widget}, {"ticker", Widget}, {"infobox", Widget}, {"carousel", Widget}, {"slider", Widget}, {"callout", Widget}, {"dialog", Widget}, {"print", Widget},
    {"factbox", Widget}, {"rating", Widget}, {"ratings", Widget}, {"player", Widget}, {"jwplayer", Widget}, {"appeal", Widget}, {"mailmunch", Widget}, {"optin", Widget},
    {"paywall", Paywall}, {"regwall", Paywall}, {"piano", Paywall},
    {"caption", Caption}, {"captions", Caption}, {"figcaption", Caption}, {"imagecaption", Caption}, {"bildunterschrift", Caption}, {"bildtext", Caption}, {"cutline", Caption},
    {"credit", Credit}, {"credits", Credit}, {"copyright", Credit}, {"photographer", Credit}, {"bildquelle", Credit},
    {"bio", Signature}, {"authorbio", Signature}, {"byline", Signature}, {"bylines", Signature}, {"dateline", Signature}, {"biography", Signature}, {"contributors", Signature},
    {"timestamp", Signature}, {"pubdate", Signature}, {"postmeta", Signature}, {"postedon", Signature}, {"hcard", Signature}, {"vcard", Signature}, {"publishdate", Signature},
    {"tags", Related}, {"taglist", Related}, {"tagcloud", Related}, {"keywords", Related}, {"hashtags", Related},
});

/// Pairs of neighbouring words of one name.
struct Pair {
  std::string_view first, second;
  RemovedKind kind;
};
constexpr auto kPairs = std::to_array<Pair>({
    {"read", "more", Related}, {"read", "next", Related}, {"read", "also", Related}, {"also", "read", Related}, {"see", "also", Related}, {"most", "read", Related},
    {"most", "popular", Related}, {"most", "viewed", Related}, {"more", "stories", Related}, {"more", "news", Related}, {"more", "from", Related}, {"more", "on", Related},
    {"up", "next", Related}, {"recent", "posts", Related}, {"latest", "news", Related}, {"latest", "posts", Related}, {"top", "stories", Related}, {"you", "may", Related},
    {"in", "case", Related}, {"post", "navigation", Navigation}, {"nav", "links", Navigation}, {"site", "header", Navigation}, {"site", "footer", Navigation},
    {"page", "header", Navigation}, {"global", "header", Navigation}, {"side", "bar", Navigation}, {"right", "column", Navigation}, {"right", "rail", Navigation},
    {"skip", "link", Navigation}, {"screen", "reader", Navigation}, {"tag", "list", Related}, {"post", "tags", Related}, {"tag", "links", Related}, {"cat", "links", Related},
    {"author", "bio", Signature}, {"author", "box", Signature}, {"about", "author", Signature}, {"author", "info", Signature}, {"author", "card", Signature},
    {"author", "description", Signature}, {"author", "details", Signature}, {"author", "profile", Signature}, {"entry", "meta", Signature}, {"post", "meta", Signature},
    {"article", "meta", Signature}, {"post", "info", Signature}, {"article", "info", Signature}, {"story", "meta", Signature}, {"meta", "data", Signature}, {"author", "name", Signature},
    {"publish", "date", Signature}, {"posted", "on", Signature}, {"post", "date", Signature}, {"article", "date", Signature}, {"entry", "date", Signature}, {"read", "time", Signature}, {"reading", "time", Signature},
    {"sign", "up", Widget}, {"opt", "in", Widget}, {"pull", "quote", Widget}, {"key", "points", Widget}, {"news", "letter", Widget}, {"email", "form", Widget},
    {"photo", "credit", Credit}, {"image", "credit", Credit}, {"image", "source", Credit}, {"photo", "caption", Caption}, {"image", "caption", Caption}, {"wp", "caption", Caption},
    {"media", "caption", Caption}, {"figure", "caption", Caption}, {"caption", "text", Caption},
});

/// Of what a name says is the article's own text: the first is one of these, the second one of those.
constexpr auto kBodyFirst = std::to_array<std::string_view>(
    {"article", "artikel", "entry", "post", "story", "news", "body", "blog", "single", "articulo", "noticia", "articolo", "materia", "detail", "main", "field", "text", "rich", "page", "content"});
constexpr auto kBodySecond = std::to_array<std::string_view>({"body", "content", "text", "copy", "paragraphs", "inhalt", "contenido", "texto", "testo", "corpo", "contents"});
constexpr auto kBodyWords = std::to_array<std::string_view>(
    {"articlebody", "articletext", "articlecontent", "storybody", "storytext", "storycontent", "entrycontent", "postcontent", "postbody", "bodytext", "bodycopy",
     "artikeltext", "newstext", "maintext", "fulltext", "newscontent", "storycopy"});
constexpr auto kContentWords = std::to_array<std::string_view>(
    {"article", "artikel", "body", "content", "entry", "main", "post", "story", "text", "hentry", "noticia", "articulo", "detail", "single", "blog", "column", "page"});
/// What they stand before is not there, or merely allowed for.
constexpr auto kNegations = std::to_array<std::string_view>(
    {"no", "not", "non", "has", "have", "with", "without", "hide", "show", "is", "enable", "enabled", "disable", "under", "js", "before", "after", "col", "lg", "md", "sm"});
/// "tag-comments" among the names of a blog's post says what it is about, not what it is.
constexpr auto kTopicNames = std::to_array<std::string_view>({"tag", "category"});
// clang-format on

/// Page builders name everything they put on a page a widget, its text above all.
constexpr auto kPageBuilders = std::to_array<std::string_view>({"elementor", "siteorigin"});

/// What a word may be, besides giving a kind away.
enum Part : std::uint16_t {
  kBodyWord = 1,      // names a body by itself
  kFirstOfBody = 2,   // before one of those that follow
  kSecondOfBody = 4,  // behind one of those before
  kContentWord = 8,
  kNegation = 16,
  kFirstOfPair = 32,
  kSecondOfPair = 64,
  kTopicName = 128,    // begins the name of what a post is about
  kPageBuilder = 256,  // before a word that says nothing there
};

struct KnownWord {
  std::string_view text;
  std::uint8_t kind = 0;    ///< a RemovedKind and 1; 0: none
  std::uint16_t parts = 0;  ///< of Part
};

constexpr std::size_t kSlots = 2048;
using KnownWords = std::array<KnownWord, kSlots>;

constexpr std::size_t slot_of(std::string_view word) {
  std::uint32_t hash = 2166136261u;
  for (char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return (hash ^ hash >> 13) % kSlots;
}

/// Where the word stands in an open-addressed table, or where it would.
constexpr std::size_t place_of(const KnownWords& words, std::string_view word) {
  std::size_t slot = slot_of(word);
  while (!words[slot].text.empty() && words[slot].text != word) slot = (slot + 1) % kSlots;
  return slot;
}

constexpr void know(KnownWords& words, std::string_view word, Part part) {
  KnownWord& known = words[place_of(words, word)];
  known.text = word;
  known.parts |= part;
}

constexpr KnownWords kKnownWords = [] {
  KnownWords words{};
  for (const Word& word : kWords) {
    KnownWord& known = words[place_of(words, word.text)];
    known.text = word.text;
    known.kind = static_cast<std::uint8_t>(static_cast<int>(word.kind) + 1);
  }
  for (std::string_view word : kBodyWords) know(words, word, kBodyWord);
  for (std::string_view word : kBodyFirst) know(words, word, kFirstOfBody);
  for (std::string_view word : kBodySecond) know(words, word, kSecondOfBody);
  for (std::string_view word : kContentWords) know(words, word, kContentWord);
  for (std::string_view word : kNegations) know(words, word, kNegation);
  for (std::string_view word : kTopicNames) know(words, word, kTopicName);
  for (std::string_view word : kPageBuilders) know(words, word, kPageBuilder);
  for (const Pair& pair : kPairs) {
    know(words, pair.first, kFirstOfPair);
    know(words, pair.second, kSecondOfPair);
  }
  return words;
}();

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// Cuts names into words, small letters, one after another, and judges each with the one before it.
class Judge {
 public:
  ClassEvidence judge(std::string_view names) {
    is_post_ = names.find("hentry") != std::string_view::npos || names.find("type-post") != std::string_view::npos;
    for (std::size_t i = 0; i <= names.size(); ++i) {
      const char c = i < names.size() ? names[i] : ' ';
      if (is_lower(c) || is_upper(c) || (c & 0x80) != 0) {
        // a capital behind a small letter begins a word: topAd; so does the last of several: ADBox
        if (is_upper(c) && i > 0 && is_lower(names[i - 1])) word_ends();
        if (size_ < word_.size()) word_[size_++] = is_upper(c) ? static_cast<char>(c | 0x20) : c;
        continue;
      }
      word_ends();
      if (c == ' ' || c == '\t' || c == '\n') {
        before_ = &kNone;
        names_topic_ = false;
      }
    }
    return found_;
  }

 private:
  void word_ends() {
    if (size_ == 0) return;
    const KnownWord& word = kKnownWords[place_of(kKnownWords, {word_.data(), size_})];
    weigh(word);
    if (before_ == &kNone) names_topic_ = is_post_ && (word.parts & kTopicName) != 0;
    before_ = &word;
    size_ = 0;
  }

  void weigh(const KnownWord& word) {
    const auto is = [&](Part part) { return (word.parts & part) != 0; };
    const auto follows = [&](Part part) { return (before_->parts & part) != 0; };
    if (is(kBodyWord) || (is(kSecondOfBody) && follows(kFirstOfBody))) found_.body = true;
    if (is(kContentWord)) found_.content = true;
    if (found_.kind || follows(kNegation)) return;
    const auto kind = static_cast<RemovedKind>(word.kind - 1);
    const bool says_nothing = names_topic_ || (follows(kPageBuilder) && kind == RemovedKind::Widget);
    if (word.kind != 0 && !says_nothing) found_.kind = kind;
    if (found_.kind || !is(kSecondOfPair) || !follows(kFirstOfPair)) return;
    for (const Pair& pair : kPairs) {
      if (pair.second == word.text && pair.first == before_->text) found_.kind = pair.kind;
    }
  }

  static constexpr KnownWord kNone{};
  std::array<char, 24> word_{};
  std::size_t size_ = 0;
  const KnownWord* before_ = &kNone;
  bool is_post_ = false, names_topic_ = false;
  ClassEvidence found_;
};

}  // namespace

ClassEvidence class_evidence(std::string_view names) { return Judge().judge(names); }

ClassEvidence class_evidence(const HtmlTree& tree, std::size_t node) {
  ClassEvidence all;
  for (const HtmlAttribute& attribute : tree.attributes(node)) {
    switch (attribute.name) {
      case HtmlAttr::Class:
      case HtmlAttr::Id:
      case HtmlAttr::Role:
      case HtmlAttr::DataComponent:
      case HtmlAttr::DataTestid:
      case HtmlAttr::DataQa: break;
      case HtmlAttr::Itemprop:
        if (attribute.value == "articleBody") all.body = true;
        continue;
      default: continue;
    }
    const ClassEvidence one = class_evidence(attribute.value);
    all.body |= one.body;
    all.content |= one.content;
    if (!all.kind) all.kind = one.kind;
  }
  return all;
}

}  // namespace newsd
