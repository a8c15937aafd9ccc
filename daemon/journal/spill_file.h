// A file without a name in the state directory, for what placing seldom looks at. It is no state: nobody finds it
// again, and it is gone with the process however that ends. One thread.
#pragma once

#include "daemon/dedupe/spill.h"
#include "daemon/journal/file_handle.h"

#include <filesystem>
#include <memory>

namespace newsd {

class SpillFile final : public SpillSpace {
 public:
  /// Errors: Permission, CannotCreate, DiskFull, Io.
  static Result<std::unique_ptr<SpillFile>> make(const std::filesystem::path& dir);

  Result<void> write(std::uint64_t offset, std::span<const std::uint32_t> words) override;
  Result<void> read(std::uint64_t offset, std::span<std::uint32_t> words) const override;

 private:
  SpillFile(FileHandle file, std::filesystem::path dir) : file_(std::move(file)), dir_(std::move(dir)) {}
  FileHandle file_;
  std::filesystem::path dir_;
};

}  // namespace newsd
