// What train and eval read and write: rows, models, reports. Whole files; a file is either written whole or not at all.
#pragma once

#include "daemon/classify/labelled_rows.h"
#include "daemon/classify/name_training.h"
#include "daemon/cli/console.h"
#include "feeds/article/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newsd {

/// The bytes of a file; "-" is stdin. What is wrong is said and sets the status.
std::optional<std::string> file_bytes(const std::string& name, Console& console, int& status);

/// The rows of a file, as file_bytes().
std::optional<std::vector<LabelledRow>> rows_of_file(const std::string& name, Console& console, int& status);

/// The sentences of a file, as file_bytes().
std::optional<std::vector<MarkedSentence>> sentences_of_file(const std::string& name, Console& console, int& status);

/// Writes beside the file and renames. False: said, and the status set.
bool write_file(const std::filesystem::path& path, std::string_view bytes, Console& console, int& status);

}  // namespace newsd
