// ParseStream: prepared inputs → the lines that would be announced if every article were new. Numbers them from 1;
// keeps nothing else. One thread.
#pragma once

#include "daemon/dedupe/place.h"
#include "daemon/pipeline/announce.h"

#include <functional>
#include <memory>
#include <string_view>

namespace newsd {

class ParseStream {
 public:
  ParseStream();

  /// Calls back with one line for each article and each refusal, in order.
  void each_line(Prepared prepared, const std::function<void(std::string_view line)>& visit);

 private:
  std::unique_ptr<Placer> placer_;
  Stream stream_;
};

}  // namespace newsd
