// What a text in the configuration may say: why an instance name, an event type, an address range … will not do. Pure;
// each returns an empty string when the text is fine, else the rest of a sentence that begins with the key's name.
#pragma once

#include <string>
#include <string_view>

namespace newsd {

/// 1–64 letters, digits, dots, hyphens, underscores: it is part of a URI.
std::string refuse_instance(std::string_view name);
/// The name of an event type, or the beginning of one followed by "*".
std::string refuse_event_pattern(std::string_view pattern);
/// "10.0.0.0/8", "fd00::/8".
std::string refuse_cidr(std::string_view text);
/// Empty, or an address of this machine and a port: "127.0.0.1:7790", "[::1]:7790".
std::string refuse_listen_address(std::string_view text);
/// As refuse_listen_address(), or "unix:" and an absolute path.
std::string refuse_http_address(std::string_view text);
/// A host name as a Host header has it: letters, digits, dots, hyphens.
std::string refuse_host(std::string_view text);
/// Empty, or as refuse_host().
std::string refuse_origin(std::string_view text);
/// An absolute http or https URL without a password in it.
std::string refuse_url(std::string_view text);
/// Empty, or as refuse_url().
std::string refuse_hook(std::string_view text);
/// Empty, or as refuse_url(), without a query or fragment: a path is added to it.
std::string refuse_public_url(std::string_view text);
/// 1–256 printable ASCII characters, as a header's value must be.
std::string refuse_user_agent(std::string_view text);

/// 1–64 letters, digits, dots, hyphens, underscores.
std::string refuse_rule_id(std::string_view id);
/// A rule that compiles.
std::string refuse_rule(std::string_view match);
/// Empty, or a rule on events that compiles.
std::string refuse_where(std::string_view where);

}  // namespace newsd
