// Who may use the HTTP server: the Host and Origin headers against other people's web pages (DNS rebinding, requests
// across origins), the token against other machines. Pure, any thread.
#pragma once

#include "daemon/serve/http_message.h"

#include <optional>
#include <string>
#include <vector>

namespace newsd {

enum class AccessError { WrongHost, WrongOrigin, Unauthorized };
std::string_view code_of(AccessError e);

struct AccessRules {
  std::vector<std::string> hosts;  ///< names by which the server may be called beside localhost and numeric addresses
  std::string token;               ///< must be shown; empty: none is asked for
  bool is_local = false;           ///< a unix socket: no browser and no other machine gets there, so no host is checked
};

enum class Guard {
  Token,       ///< what is asked for is told only to those who show the token, if there is one
  NoToken,     ///< it holds nothing that is not in every newsd
  Unguessable  ///< its path is a secret that was told to one caller: whoever knows it may ask, by whatever name
};

/// Nothing when the request may be served. WrongHost: called by a name that is neither "localhost", an address nor one
/// of `hosts`: a page whose name was made to point here. WrongOrigin: sent by the page of another site. Unauthorized:
/// without the token.
std::optional<Error> refusal_of(const HttpRequest& request, const AccessRules& rules, Guard guard = Guard::Token);

}  // namespace newsd
