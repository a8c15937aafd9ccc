// Text as it is compared: two writings of the same words give the same bytes. For matching only, never for output.
// Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace newsd {

/// Folds well-formed UTF-8: case (Unicode's simple folding; ß → ss), letters followed by combining marks composed
/// (NFC), single quotes, primes and accents that stand for apostrophes (’ ‘ ´ `) → ', double quotes and guillemets → ",
/// dashes and minus → -, spaces of any width → one ASCII space, runs of white space → one, none at the ends; … → ...;
/// soft hyphens and zero-width characters dropped. Scope: composition and case cover Latin, Greek, Cyrillic, Armenian
/// and full-width Latin; marks in other than canonical order are not reordered.
std::string fold_for_matching(std::string_view text);

/// The same into `out`, whose memory is used again.
void fold_for_matching(std::string_view text, std::string& out);

}  // namespace newsd
