// Boxed<T>: an optional value kept on the heap, for large parts that few objects have: the object stays small and quick
// to move. Copied and compared by value, as std::optional is; one thread.
#pragma once

#include <memory>
#include <utility>

namespace newsd {

template <class T>
class Boxed {
 public:
  Boxed() = default;
  Boxed(T value) : box_(std::make_unique<T>(std::move(value))) {}
  Boxed(const Boxed& other) : box_(other.box_ ? std::make_unique<T>(*other.box_) : nullptr) {}
  Boxed(Boxed&&) noexcept = default;
  Boxed& operator=(const Boxed& other) {
    if (this != &other) box_ = other.box_ ? std::make_unique<T>(*other.box_) : nullptr;
    return *this;
  }
  Boxed& operator=(Boxed&&) noexcept = default;
  ~Boxed() = default;

  T& emplace() { return *(box_ = std::make_unique<T>()); }

  explicit operator bool() const { return box_ != nullptr; }
  bool has_value() const { return box_ != nullptr; }
  T& operator*() { return *box_; }
  const T& operator*() const { return *box_; }
  T* operator->() { return box_.get(); }
  const T* operator->() const { return box_.get(); }

  friend bool operator==(const Boxed& a, const Boxed& b) {
    return a.box_ && b.box_ ? *a.box_ == *b.box_ : !a.box_ && !b.box_;
  }

 private:
  std::unique_ptr<T> box_;
};

}  // namespace newsd
