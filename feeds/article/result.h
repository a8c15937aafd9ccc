// How newsd says that something went wrong: Result<T> holds a T or an Error. Expected outcomes (a duplicate, nothing
// new) are values, not errors. A module names its errors in an enum and gives each a kebab-case code by a function
// `std::string_view code_of(TheEnum)` beside it; the codes are the `reason.code` of events and reason files. Pure
// values, any thread.
#pragma once

#include <boost/system/result.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace newsd {

template <class E>
concept ErrorEnum = std::is_enum_v<E> && requires(E e) {
  { code_of(e) } -> std::convertible_to<std::string_view>;
};

/// One failure. `code` is static text matching [a-z0-9-]+; `text` is a sentence for people without a final stop;
/// `where` names the file, URL or "line 12, column 3", empty when there is nothing to name.
struct Error {
  std::string_view code;
  std::string text;
  std::string where;

  /// No failure; boost::system::result::error() of 1.81 gives this one when there is a value.
  Error() = default;
  template <ErrorEnum E>
  Error(E e, std::string what, std::string at = {}) : code(code_of(e)), text(std::move(what)), where(std::move(at)) {}

  template <ErrorEnum E>
  bool is(E e) const {
    return code == code_of(e);
  }
  /// "where: text", for logs and terminals.
  std::string message() const { return where.empty() ? text : where + ": " + text; }
  bool operator==(const Error&) const = default;
};

/// What Result::value() throws when it holds an Error: only tests and start-up code call it.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& at);

template <class T = void>
using Result = boost::system::result<T, Error>;

}  // namespace newsd
