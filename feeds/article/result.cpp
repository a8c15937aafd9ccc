#include "feeds/article/result.h"

#include <stdexcept>

namespace newsd {

void throw_exception_from_error(const Error& error, const boost::source_location& at) {
  throw std::runtime_error(error.message() + " [" + std::string(error.code) + ", " + at.to_string() + "]");
}

}  // namespace newsd
