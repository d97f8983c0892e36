// EngineControl: what can be turned on the built-in engine while it runs.
#pragma once

#include <QString>

#include <cstddef>
#include <vector>

namespace kvscope {

/// Any thread; every call returns at once. A smaller budget counts from then on, and what it has no
/// room for goes on a thread of its own.
class EngineControl
{
  public:
    virtual ~EngineControl() = default;
    /// The names that setPolicy() knows, in the order to show them: "lru", "lfu".
    virtual std::vector<QString> policies() const = 0;
    virtual QString policy() const = 0;
    /// False, and nothing changed, when the name is not one of policies().
    virtual bool setPolicy(const QString &name) = 0;
    virtual std::size_t memoryBytes() const = 0;
    virtual void setMemoryBytes(std::size_t bytes) = 0;
};

} // namespace kvscope
