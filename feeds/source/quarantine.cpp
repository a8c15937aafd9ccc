#include "feeds/source/quarantine.h"

#include "feeds/source/drop_claim.h"
#include "feeds/source/drop_release.h"
#include "feeds/source/unique_fd.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <system_error>
#include <tuple>

namespace newsd {
namespace {

constexpr std::string_view kReasonEnd = ".reason.json";
constexpr unsigned kMostTries = 10'000;  // names tried beside one that is taken
constexpr int kFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

Error failed(std::string what, int number) {
  const auto kind = number == ENOENT                      ? QuarantineError::NotThere
                    : number == EACCES || number == EPERM ? QuarantineError::Permission
                                                          : QuarantineError::Io;
  return {kind, std::generic_category().message(number), std::move(what)};
}

std::string reason_of(const std::string& name) { return reason_name(name, 0); }

std::string read_reason_file(int folder, const std::string& name) {
  const UniqueFd fd(::openat(folder, reason_of(name).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat facts {};
  if (!fd || ::fstat(fd.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) return {};
  std::string text(Quarantine::kLongestReason + 1, '\0');
  const ssize_t n = ::read(fd.get(), text.data(), text.size());
  if (n <= 0 || static_cast<std::size_t>(n) > Quarantine::kLongestReason) return {};
  text.resize(static_cast<std::size_t>(n));
  text.erase(text.find_last_not_of("\r\n") + 1);
  return text;
}

/// A name too long for a reason of its own name may share that of others: then only one that names the file is its own.
bool has_own_reason(int folder, const std::string& name) {
  return reason_of(name).starts_with(name) ||
         read_reason_file(folder, name).find(file_uri("/" + name) + '"') != std::string::npos;
}

std::string read_reason(int folder, const std::string& name) {
  return has_own_reason(folder, name) ? read_reason_file(folder, name) : std::string();
}

/// A name as it may lie in failed/: never a way out of it, never a reason or what newsd is writing.
bool is_quarantined_name(std::string_view name) {
  return !name.empty() && !name.starts_with('.') && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos && !name.ends_with(kReasonEnd);
}

struct Folders {
  UniqueFd drop, failed;
};

Result<Folders> open_folders(const std::filesystem::path& directory) {
  Folders folders;
  folders.drop.reset(::open(directory.c_str(), kFolder));
  if (!folders.drop) return failed(directory.string(), errno);
  folders.failed.reset(::openat(folders.drop.get(), "failed", kFolder));
  if (!folders.failed) return failed((directory / "failed").string(), errno);
  return folders;
}

/// The folders, once the name is known to lie there.
Result<Folders> folders_with(const std::filesystem::path& directory, const std::string& name) {
  auto folders = open_folders(directory);
  if (!folders) return folders;
  if (!is_quarantined_name(name) || !look_at(folders->failed.get(), name)) return failed(readable_name(name), ENOENT);
  return folders;
}

}  // namespace

std::string_view code_of(QuarantineError e) {
  switch (e) {
    case QuarantineError::NotThere: return "not-there";
    case QuarantineError::Permission: return "permission";
    case QuarantineError::Io: return "io";
  }
  return "io";
}

bool is_called(const Quarantined& file, std::string_view name) {
  return file.name == name || readable_name(file.name) == name;
}

/// Oldest first; `folders` is empty when there is no quarantine.
struct Quarantine::Sorted {
  std::optional<Folders> folders;
  std::vector<Quarantined> files;
};

Result<Quarantine::Sorted> Quarantine::without_reasons() const {
  Sorted all;
  auto folders = open_folders(directory_);
  if (!folders && folders.error().is(QuarantineError::NotThere)) return all;
  if (!folders) return folders.error();
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(::fdopendir(::dup(folders->failed.get())), &::closedir);
  if (!entries) return failed((directory_ / "failed").string(), errno);
  while (const dirent* entry = ::readdir(entries.get())) {
    const std::string name = entry->d_name;
    if (!is_quarantined_name(name)) continue;
    const auto stamp = look_at(folders->failed.get(), name);
    if (!stamp || stamp->type == FileType::Directory) continue;
    const auto since = std::chrono::floor<Instant::duration>(std::chrono::nanoseconds(stamp->changed));
    all.files.push_back({name, stamp->size, Instant(since), {}});
  }
  std::sort(all.files.begin(), all.files.end(), [](const Quarantined& a, const Quarantined& b) {
    return std::tie(a.since, a.name) < std::tie(b.since, b.name);
  });
  all.folders = *std::move(folders);
  return all;
}

Result<std::vector<Quarantined>> Quarantine::list() const {
  auto all = without_reasons();
  if (!all) return all.error();
  for (Quarantined& file : all->files) file.reason = read_reason(all->folders->failed.get(), file.name);
  return std::move(all->files);
}

Result<Quarantine::Latest> Quarantine::latest(std::size_t most) const {
  auto all = without_reasons();
  if (!all) return all.error();
  Latest latest;
  latest.total = all->files.size();
  for (auto file = all->files.rbegin(); file != all->files.rend() && latest.files.size() < most; ++file) {
    file->reason = read_reason(all->folders->failed.get(), file->name);
    latest.files.push_back(std::move(*file));
  }
  return latest;
}

Result<std::string> Quarantine::put_back(const std::string& name) const {
  const auto folders = folders_with(directory_, name);
  if (!folders) return folders.error();
  const int failed_folder = folders->failed.get();
  // the reason steps aside first: the daemon may refuse the file again, and write another, before we are done
  const std::string aside = ".retry." + std::to_string(::getpid()) + ".tmp";
  const bool has_reason = has_own_reason(failed_folder, name) &&
                          ::renameat(failed_folder, reason_of(name).c_str(), failed_folder, aside.c_str()) == 0;
  int number = EEXIST;
  for (unsigned n = 0; n < kMostTries && number == EEXIST; ++n) {
    const std::string target = free_name(name, n);
    number = ::renameat2(failed_folder, name.c_str(), folders->drop.get(), target.c_str(), RENAME_NOREPLACE) == 0
                 ? 0
                 : errno;
    if (number != 0) continue;
    if (has_reason) ::unlinkat(failed_folder, aside.c_str(), 0);
    return target;
  }
  if (has_reason) ::renameat(failed_folder, aside.c_str(), failed_folder, reason_of(name).c_str());
  return failed(readable_name(name), number);
}

Result<void> Quarantine::remove(const std::string& name) const {
  const auto folders = folders_with(directory_, name);
  if (!folders) return folders.error();
  const bool has_reason = has_own_reason(folders->failed.get(), name);
  if (::unlinkat(folders->failed.get(), name.c_str(), 0) != 0) return failed(readable_name(name), errno);
  if (has_reason) ::unlinkat(folders->failed.get(), reason_of(name).c_str(), 0);
  return {};
}

}  // namespace newsd
