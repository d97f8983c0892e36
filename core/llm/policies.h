// The policies: one small class each (policy.h says what they do and who thought of them).
#pragma once

#include "core/llm/policy.h"

#include <deque>

namespace kvscope::llm {

class OldestFirst final : public Policy
{
  public:
    std::unique_ptr<Policy> clone() const override { return std::make_unique<OldestFirst>(*this); }
    explicit OldestFirst(const PolicySpec &spec) : Policy(spec) {}

  private:
    std::size_t choose(const KvCache &, std::span<const CellPlace>) override { return 0; }
};

class SinksAndWindow final : public Policy
{
  public:
    std::unique_ptr<Policy> clone() const override
    {
        return std::make_unique<SinksAndWindow>(*this);
    }
    explicit SinksAndWindow(const PolicySpec &spec) : Policy(spec) {}

  private:
    std::size_t choose(const KvCache &, std::span<const CellPlace> candidates) override
    {
        return std::min(spec().sinks, candidates.size() - 1);
    }
    /// Later cells move down: each has its rank as position.
    void remove(KvCache &cache, CellPlace place) override
    {
        cache.shift(cache.cell(place).position, 1);
    }
};

/// Cell::mass is the sum of all attention a cell was ever given.
class HeavyHitters final : public Policy
{
  public:
    std::unique_ptr<Policy> clone() const override { return std::make_unique<HeavyHitters>(*this); }
    explicit HeavyHitters(const PolicySpec &spec) : Policy(spec) {}
    void attended(KvCache &cache, std::span<const float> weights) override;

  private:
    std::size_t choose(const KvCache &cache, std::span<const CellPlace> candidates) override;
    std::size_t recent() const override { return spec().budget / 2; }
};

/// Remembers what each of the last sixteen tokens gave to whom, by the cell's index in the text.
class ObservationWindow final : public Policy
{
  public:
    std::unique_ptr<Policy> clone() const override
    {
        return std::make_unique<ObservationWindow>(*this);
    }
    explicit ObservationWindow(const PolicySpec &spec) : Policy(spec) {}
    void attended(KvCache &cache, std::span<const float> weights) override;
    void tokenDone(KvCache &cache) override;
    std::string memory() const override;
    bool restore(const std::string &memory) override;

  private:
    std::size_t choose(const KvCache &cache, std::span<const CellPlace> candidates) override;
    std::size_t recent() const override { return kRecentCells; }

    std::vector<float> m_current;
    std::deque<std::vector<float>> m_window; // the last sixteen, [index]
};

class LongestKeys final : public Policy
{
  public:
    std::unique_ptr<Policy> clone() const override { return std::make_unique<LongestKeys>(*this); }
    explicit LongestKeys(const PolicySpec &spec) : Policy(spec) {}

  private:
    std::size_t choose(const KvCache &cache, std::span<const CellPlace> candidates) override;
    std::size_t recent() const override { return kRecentCells; }
};

class AnyCell final : public Policy
{
  public:
    std::unique_ptr<Policy> clone() const override { return std::make_unique<AnyCell>(*this); }
    explicit AnyCell(const PolicySpec &spec) : Policy(spec), m_random(spec.seed) {}
    std::string memory() const override;
    bool restore(const std::string &memory) override;

  private:
    std::size_t choose(const KvCache &, std::span<const CellPlace> candidates) override
    {
        return static_cast<std::size_t>(m_random() % candidates.size());
    }
    std::size_t recent() const override { return kRecentCells; }
    std::mt19937_64 m_random;
};

} // namespace kvscope::llm
