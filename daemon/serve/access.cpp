#include "daemon/serve/access.h"

#include "daemon/config/listen_address.h"
#include "daemon/config/secret_file.h"

#include <algorithm>

namespace newsd {
namespace {

/// "news.example:7791" → "news.example"; "[::1]:7791" → "[::1]". Empty when what follows the name is no port.
std::string_view without_port(std::string_view host) {
  const std::size_t end = std::min(host.starts_with('[') ? host.find(']') + 1 : host.find(':'), host.size());
  const std::string_view port = host.substr(end);
  const bool is_port = port.empty() || (port.starts_with(':') && port.find_first_not_of("0123456789", 1) == port.npos);
  return is_port ? host.substr(0, end) : std::string_view();
}

bool is_numeric(std::string_view host) { return parse_listen_address(std::string(host) + ":0").has_value(); }

bool is_served_host(std::string_view host, const AccessRules& rules) {
  const std::string_view name = without_port(host);
  if (equal_token(name, "localhost") || is_numeric(name)) return true;
  return std::any_of(rules.hosts.begin(), rules.hosts.end(), [&](const auto& h) { return equal_token(name, h); });
}

bool shows_token(std::string_view authorization, std::string_view token) {
  constexpr std::string_view kScheme = "Bearer ";
  return authorization.size() > kScheme.size() && equal_token(authorization.substr(0, kScheme.size()), kScheme) &&
         same_secret(without_outer_space(authorization.substr(kScheme.size())), token);
}

}  // namespace

std::string_view code_of(AccessError e) {
  switch (e) {
    case AccessError::WrongHost: return "wrong-host";
    case AccessError::WrongOrigin: return "wrong-origin";
    case AccessError::Unauthorized: return "unauthorized";
  }
  return "unauthorized";
}

std::optional<Error> refusal_of(const HttpRequest& request, const AccessRules& rules, Guard guard) {
  if (guard == Guard::Unguessable) return std::nullopt;
  if (!rules.is_local && !is_served_host(request.host, rules))
    return Error(AccessError::WrongHost,
                 "this server is called by address, as localhost, or by a name in http.hosts of the configuration");
  const bool is_own = request.origin.empty() || request.origin == "http://" + request.host ||
                      request.origin == "https://" + request.host;
  if (!is_own) return Error(AccessError::WrongOrigin, "pages of other sites may not ask here");
  if (guard == Guard::Token && !rules.token.empty() && !shows_token(request.authorization, rules.token))
    return Error(AccessError::Unauthorized, "this server asks for its token: Authorization: Bearer …");
  return std::nullopt;
}

}  // namespace newsd
