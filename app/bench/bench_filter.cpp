// `bench filter`: from a keystroke in the filter to the tree that shows its matches, on the index
// thread, while one types words that are in many keys, in few and in none. Beside it the plainest
// way: one pass over a vector of strings.
#include "app/bench/browsekeys.h"
#include "app/bench/cases.h"
#include "app/bench/redisfixture.h"
#include "core/keyindex/keyindex.h"

#include <QElapsedTimer>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <strings.h>

namespace kvscope::bench {
namespace {

using keyindex::KeyIndex;
using keyindex::KeyTree;

constexpr const char *kTyped[] = {"session:12", "USER:9", "profile:77", "4242",
                                  "r:1",        "zebra",  "e:0"};

class WaitedIndex
{
  public:
    template<class Condition>
    void waitFor(Condition condition)
    {
        std::unique_lock lock(m_mutex);
        m_published.wait(lock, [&] { return condition(*m_index.tree()); });
    }
    KeyIndex &index() { return m_index; }

  private:
    std::mutex m_mutex;
    std::condition_variable m_published;
    KeyIndex m_index{[this] {
        const std::lock_guard lock(m_mutex);
        m_published.notify_all();
    }};
};

void fill(WaitedIndex &waited, const std::vector<std::uint32_t> &order)
{
    KeyIndex &index = waited.index();
    index.setExpanded("session:", true);
    const keyindex::PassId pass = index.beginPass(KeyIndex::PassMode::Replace);
    KeyBatch page;
    for (const std::uint32_t i : order) {
        page.append(browseKey(i));
        if (page.size() < 1000) continue;
        index.append(pass, page);
        page = {};
    }
    index.append(pass, page);
    index.endPass(pass, KeyIndex::PassEnd::Complete);
    waited.waitFor([&](const KeyTree &tree) {
        return tree.figures().pass == pass && !tree.figures().passRunning;
    });
}

double ours(WaitedIndex &waited, const Bytes &text)
{
    QElapsedTimer timer;
    timer.start();
    const std::uint64_t version = waited.index().setFilter(text);
    waited.waitFor([&](const KeyTree &tree) { return tree.figures().filterVersion == version; });
    return double(timer.nsecsElapsed()) / 1e6;
}

double plain(const std::vector<Bytes> &keys, const Bytes &text)
{
    QElapsedTimer timer;
    timer.start();
    std::size_t matching = 0;
    for (const Bytes &key : keys)
        matching += strcasestr(key.c_str(), text.c_str()) != nullptr ? 1 : 0;
    const double elapsed = double(timer.nsecsElapsed()) / 1e6;
    return matching > keys.size() ? 0 : elapsed;
}

double quantile(std::vector<double> values, double q)
{
    std::sort(values.begin(), values.end());
    return values[std::size_t(q * double(values.size() - 1))];
}

} // namespace

Result<Outcome> benchFilter(const Context &context)
{
    const auto count = std::size_t(context.number(QStringLiteral("keys"), 1'000'000));
    const int rounds = context.number(QStringLiteral("rounds"), 7);
    context.progress(QStringLiteral("indexing %1 keys").arg(count));
    const std::vector<std::uint32_t> order = shuffled(count);
    WaitedIndex waited;
    fill(waited, order);
    std::vector<Bytes> strings;
    strings.reserve(std::min<std::size_t>(count, 1'000'000));
    for (std::size_t i = 0; i < strings.capacity(); ++i) strings.push_back(browseKey(order[i]));

    std::vector<double> keystrokes;
    std::vector<double> reference;
    for (int round = 0; round < rounds; ++round) {
        for (const char *word : kTyped) {
            for (Bytes text; text.size() < Bytes(word).size();) {
                text += word[text.size()];
                keystrokes.push_back(ours(waited, text));
                reference.push_back(plain(strings, text) * double(count) / double(strings.size()));
            }
            ours(waited, {});
        }
    }
    const double p95 = quantile(keystrokes, 0.95);
    Outcome outcome;
    outcome.figures = {{QStringLiteral("p50_ms"), quantile(keystrokes, 0.5)},
                       {QStringLiteral("p95_ms"), p95},
                       {QStringLiteral("max_ms"), quantile(keystrokes, 1)},
                       {QStringLiteral("keystrokes"), double(keystrokes.size())}};
    outcome.reference = {{QStringLiteral("p50_ms"), quantile(reference, 0.5)},
                         {QStringLiteral("p95_ms"), quantile(reference, 0.95)}};
    outcome.ratios = {
        {QStringLiteral("p95_ms"), p95, Ratio::Better::Lower, count > 2'000'000 ? 170.0 : 20.0}};
    return outcome;
}

} // namespace kvscope::bench
