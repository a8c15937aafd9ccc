#include "daemon/emit/output.h"

#include "daemon/stream/stream_error.h"

namespace newsd {

Result<Wanted> wanted_by(const OutputConfig& config, WhereBook& wheres) {
  Result<TypeFilter> filter = TypeFilter::parse(config.types);
  if (!filter) return filter.error();
  Result<std::shared_ptr<const Where>> where = wheres.compiled(config.where);
  if (!where) return where.error();
  const Encoding* encoding = encoding_named(config.format);
  if (encoding == nullptr) return Error(StreamError::UnknownFormat, "no format is named \"" + config.format + "\"");
  return Wanted{{*filter, *std::move(where)}, encoding};
}

}  // namespace newsd
