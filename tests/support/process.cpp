#include "tests/support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace newsd {
namespace {

std::filesystem::path unlinked_later(const char* what) {
  std::string name = (std::filesystem::temp_directory_path() / (std::string("newsd-") + what + "-XXXXXX")).string();
  const int fd = mkstemp(name.data());
  if (fd < 0) throw std::runtime_error("cannot make " + name);
  close(fd);
  return name;
}

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void replace_fd(int fd, const std::filesystem::path& path, int flags) {
  const int opened = open(path.c_str(), flags, 0600);
  if (opened < 0) _exit(126);
  dup2(opened, fd);
  close(opened);
}

}  // namespace

Process::Process(const std::filesystem::path& program, const std::vector<std::string>& arguments, Options options) {
  own_out_ = options.stdout_file.empty();
  out_ = own_out_ ? unlinked_later("out") : options.stdout_file;
  err_ = unlinked_later("err");
  int closed_pipe[2] = {-1, -1};
  if (!options.closed_stdout.empty() && pipe(closed_pipe) == 0) close(closed_pipe[0]);

  pid_ = fork();
  if (pid_ < 0) throw std::runtime_error("cannot fork");
  if (pid_ == 0) {
    replace_fd(STDIN_FILENO, options.stdin_file, O_RDONLY);
    if (closed_pipe[1] >= 0) {
      dup2(closed_pipe[1], STDOUT_FILENO);
    } else {
      replace_fd(STDOUT_FILENO, out_, O_WRONLY | O_CREAT | O_APPEND);
    }
    replace_fd(STDERR_FILENO, err_, O_WRONLY | O_APPEND);
    for (const auto& [name, value] : options.environment) setenv(name.c_str(), value.c_str(), 1);
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    execv(program.c_str(), argv.data());
    _exit(127);
  }
  if (closed_pipe[1] >= 0) close(closed_pipe[1]);
}

Process::~Process() {
  if (running()) {
    signal(SIGKILL);
    wait();
  }
  std::error_code ignored;
  if (own_out_) std::filesystem::remove(out_, ignored);
  std::filesystem::remove(err_, ignored);
}

void Process::signal(int number) const {
  if (!status_) kill(pid_, number);
}

std::optional<int> Process::wait(std::chrono::milliseconds patience) {
  eventually([this] { return !running(); }, patience);
  return status_;
}

bool Process::running() {
  if (status_) return false;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) != pid_) return true;
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return false;
}

std::string Process::output() const { return content(out_); }
std::string Process::errors() const { return content(err_); }

Ran run_to_end(const std::filesystem::path& program, const std::vector<std::string>& arguments,
               Process::Options options) {
  Process process(program, arguments, std::move(options));
  const std::optional<int> status = process.wait(std::chrono::seconds(60));
  return {status, process.output(), process.errors()};
}

std::filesystem::path newsd_program() { return NEWSD_PROGRAM; }

bool eventually(const std::function<bool()>& holds, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    poll(nullptr, 0, 5);  // what is awaited happens in another process: there is nothing to be woken by
  }
  return true;
}

}  // namespace newsd
