#include "feeds/source/directory_scan.h"

#include "feeds/source/file_identity.h"
#include "feeds/source/source_notice.h"
#include "feeds/source/unique_fd.h"

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

namespace newsd {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

/// Keeps the first `most`; the memory of a scan is bounded whatever the directory holds.
void prune(DirectoryScan& scan, std::size_t most) {
  if (scan.names.size() <= most) return;
  const auto cut = scan.names.begin() + static_cast<std::ptrdiff_t>(most);
  std::nth_element(scan.names.begin(), cut, scan.names.end());
  scan.names.erase(cut, scan.names.end());
  scan.whole = false;
}

}  // namespace

Result<DirectoryScan> scan_directory(int directory, std::size_t most,
                                     const std::function<bool(const std::string&)>& wanted) {
  UniqueFd fd(::openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));  // its own position in the listing
  const std::unique_ptr<DIR, CloseDirectory> listing(fd ? ::fdopendir(fd.get()) : nullptr);
  if (!listing) return Error(SourceError::Unreadable, std::generic_category().message(errno));
  fd.release();
  DirectoryScan scan;
  for (errno = 0; const dirent* entry = ::readdir(listing.get()); errno = 0) {
    std::string name = entry->d_name;
    if (entry->d_type == DT_DIR || !is_finished_name(name) || !wanted(name)) continue;
    scan.names.push_back(std::move(name));
    if (scan.names.size() >= 2 * most) prune(scan, most);
  }
  if (errno != 0) return Error(SourceError::Unreadable, std::generic_category().message(errno));
  prune(scan, most);
  std::sort(scan.names.begin(), scan.names.end());
  return scan;
}

}  // namespace newsd
