// Lets Catch print a Result: the error's sentence tells more than that a check failed.
#pragma once

#include "feeds/article/result.h"

#include <catch2/catch.hpp>

#include <string>

template <class T>
struct Catch::StringMaker<boost::system::result<T, newsd::Error>> {
  static std::string convert(const boost::system::result<T, newsd::Error>& result) {
    return result ? "a value" : "the error \"" + result.error().message() + "\"";
  }
};
