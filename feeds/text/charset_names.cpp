#include "feeds/text/charset_names.h"

#include <algorithm>
#include <array>
#include <string>

namespace newsd {
namespace {

struct Label {
  std::string_view label;
  std::string_view name;
};

constexpr auto kCharsets = std::to_array<CharsetName>({
    {"utf-8", "UTF-8", 1},
    {"utf-16le", "UTF-16LE", 2},
    {"utf-16be", "UTF-16BE", 2},
    {"utf-32le", "UTF-32LE", 4},
    {"utf-32be", "UTF-32BE", 4},
    {"windows-1250", "CP1250", 1},
    {"windows-1251", "CP1251", 1},
    {"windows-1252", "CP1252", 1},
    {"windows-1253", "CP1253", 1},
    {"windows-1254", "CP1254", 1},
    {"windows-1255", "CP1255", 1},
    {"windows-1256", "CP1256", 1},
    {"windows-1257", "CP1257", 1},
    {"windows-1258", "CP1258", 1},
    {"windows-874", "CP874", 1},
    {"iso-8859-2", "ISO-8859-2", 1},
    {"iso-8859-3", "ISO-8859-3", 1},
    {"iso-8859-4", "ISO-8859-4", 1},
    {"iso-8859-5", "ISO-8859-5", 1},
    {"iso-8859-6", "ISO-8859-6", 1},
    {"iso-8859-7", "ISO-8859-7", 1},
    {"iso-8859-8", "ISO-8859-8", 1},
    {"iso-8859-10", "ISO-8859-10", 1},
    {"iso-8859-13", "ISO-8859-13", 1},
    {"iso-8859-14", "ISO-8859-14", 1},
    {"iso-8859-15", "ISO-8859-15", 1},
    {"iso-8859-16", "ISO-8859-16", 1},
    {"koi8-r", "KOI8-R", 1},
    {"koi8-u", "KOI8-U", 1},
    {"ibm866", "CP866", 1},
    {"macintosh", "MACINTOSH", 1},
    {"x-mac-cyrillic", "MAC-CYRILLIC", 1},
    {"gb18030", "GB18030", 1},
    {"big5", "BIG5-HKSCS", 1},
    {"euc-jp", "EUC-JP-MS", 1},
    {"shift_jis", "CP932", 1},
    {"iso-2022-jp", "ISO-2022-JP", 1},
    {"euc-kr", "UHC", 1},
    {"euc-tw", "EUC-TW", 1},
});

/// Labels that are not themselves names above.
constexpr auto kAliases = std::to_array<Label>({
    {"utf8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"utf-16", "utf-16le"},
    {"utf16", "utf-16le"},
    {"unicode", "utf-16le"},
    {"ucs-2", "utf-16le"},
    {"iso-10646-ucs-2", "utf-16le"},
    {"utf-32", "utf-32le"},
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"ansi_x3.4-1968", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"iso88591", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"l1", "windows-1252"},
    {"cp819", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"x-cp1252", "windows-1252"},
    {"ansi", "windows-1252"},
    {"cp1250", "windows-1250"},
    {"x-cp1250", "windows-1250"},
    {"cp1251", "windows-1251"},
    {"x-cp1251", "windows-1251"},
    {"cp1253", "windows-1253"},
    {"cp1254", "windows-1254"},
    {"iso-8859-9", "windows-1254"},
    {"latin5", "windows-1254"},
    {"cp1255", "windows-1255"},
    {"cp1256", "windows-1256"},
    {"cp1257", "windows-1257"},
    {"cp1258", "windows-1258"},
    {"tis-620", "windows-874"},
    {"iso-8859-11", "windows-874"},
    {"cp874", "windows-874"},
    {"latin2", "iso-8859-2"},
    {"iso8859-2", "iso-8859-2"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"latin-9", "iso-8859-15"},
    {"latin9", "iso-8859-15"},
    {"iso8859-15", "iso-8859-15"},
    {"koi8", "koi8-r"},
    {"koi", "koi8-r"},
    {"koi8-ru", "koi8-u"},
    {"cp866", "ibm866"},
    {"866", "ibm866"},
    {"mac", "macintosh"},
    {"x-mac-roman", "macintosh"},
    {"mac-cyrillic", "x-mac-cyrillic"},
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"cp936", "gb18030"},
    {"hz-gb-2312", "gb18030"},
    {"big5-hkscs", "big5"},
    {"cp950", "big5"},
    {"x-euc-jp", "euc-jp"},
    {"eucjp", "euc-jp"},
    {"sjis", "shift_jis"},
    {"shift-jis", "shift_jis"},
    {"x-sjis", "shift_jis"},
    {"ms_kanji", "shift_jis"},
    {"windows-31j", "shift_jis"},
    {"cp932", "shift_jis"},
    {"ks_c_5601-1987", "euc-kr"},
    {"uhc", "euc-kr"},
    {"cp949", "euc-kr"},
});

const CharsetName* by_name(std::string_view name) {
  const auto found =
      std::find_if(kCharsets.begin(), kCharsets.end(), [&](const CharsetName& c) { return c.name == name; });
  return found == kCharsets.end() ? nullptr : &*found;
}

}  // namespace

const CharsetName* find_charset(std::string_view label) {
  std::string wanted;
  for (char c : label.substr(0, 64)) {
    if (c == '"' || c == '\'' || c == ' ' || (c >= '\t' && c <= '\r')) continue;
    wanted += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const auto alias = std::find_if(kAliases.begin(), kAliases.end(), [&](const Label& l) { return l.label == wanted; });
  return by_name(alias == kAliases.end() ? std::string_view(wanted) : alias->name);
}

}  // namespace newsd
