// `bench lab --prefix`: time to the first token behind a known prefix: computed, L1, L2.
//
// The same prompt of 1,000 tokens each time. "Cold" computes all of it. "L1" finds its 62 full
// blocks in the engine, pinned where they lie, and computes the eight tokens behind them. "L2"
// begins with an empty engine, as after a restart, and fetches the blocks from Redis first. The
// clock runs from the prompt's tokens to the first token chosen.
#include "app/bench/benchlab.h"
#include "app/bench/redisfixture.h"
#include "core/store/kvblocks.h"
#include "core/store/kvfault.h"
#include "core/store/storefactory.h"

#include <QEventLoop>

#include <chrono>
#include <random>
#include <semaphore>

namespace kvscope::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kPrefix = 1000;

struct Run
{
    double ms = 0;
    std::size_t hits = 0;
    llm::TokenId first = 0;
};

class Bench
{
  public:
    explicit Bench(std::shared_ptr<const llm::Model> model)
        : m_model(std::move(model)),
          m_pool(std::make_shared<llm::BlockPool>(llm::KvLayout(m_model->shape(), {})))
    {
        std::mt19937_64 dice(5);
        for (std::size_t i = 0; i < kPrefix; ++i)
            m_prompt.push_back(static_cast<llm::TokenId>(dice() % m_model->shape().vocab));
    }

    Result<Run> run(const std::shared_ptr<KvBlocks> &blocks, bool fetchesFirst)
    {
        auto session = llm::Session::make(m_model, {.pool = m_pool, .blocks = blocks});
        if (!session) return failure(errorOf(session.error(), {}));
        const auto start = Clock::now();
        if (fetchesFirst) {
            // The io thread calls back; nothing here needs an event loop.
            std::binary_semaphore done{0};
            blocks->fetch(llm::blockChain(m_model->fingerprint(), m_pool->layout(),
                                          std::span(m_prompt).first(m_prompt.size() - 1)),
                          [&](const Result<int> &) { done.release(); });
            done.acquire();
        }
        if (auto ok = (*session)->feed(m_prompt); !ok) return failure(errorOf(ok.error(), {}));
        const llm::TokenId first = (*session)->sample();
        return Run{std::chrono::duration<double, std::milli>(Clock::now() - start).count(),
                   (*session)->prefixHitTokens(), first};
    }

  private:
    std::shared_ptr<const llm::Model> m_model;
    std::shared_ptr<llm::BlockPool> m_pool;
    std::vector<llm::TokenId> m_prompt;
};

bool becomesReady(Store &store)
{
    QEventLoop loop;
    QObject::connect(&store, &Store::stateChanged, &loop, [&](const StoreState &state) {
        if (state.phase == StoreState::Phase::Ready || state.phase == StoreState::Phase::Failed)
            loop.quit();
    });
    store.open();
    if (store.state().phase != StoreState::Phase::Ready) loop.exec();
    return store.state().phase == StoreState::Phase::Ready;
}

} // namespace

Result<Outcome> benchPrefix(const Context &context)
{
    auto model = labBenchModel(context);
    if (!model) return failure(model.error());
    auto server = RedisFixture::start();
    if (!server) return failure(server.error());
    StoreFactory stores;
    auto redis = stores.make((*server)->url(), Access::ReadWrite);
    if (!redis) return failure(redis.error());
    if (!becomesReady(**redis)) return failure(ErrorCode::ConnectionRefused, {(*server)->url()});

    Bench bench(*model);
    engine::Engine warmEngine({.memoryBytes = 256U << 20U});
    const auto warm = std::make_shared<KvBlocks>(warmEngine);
    warm->setSecondLevel(redis->get());
    if (auto filled = bench.run(warm, false); !filled) return failure(filled.error());
    std::binary_semaphore written{0};
    warm->whenWritten([&](const Result<bool> &) { written.release(); });
    written.acquire();
    warm->setSecondLevel(nullptr);

    const int pairs = context.number(QStringLiteral("pairs"), 9);
    std::vector<double> cold, first, second, firstRatios, secondRatios;
    std::size_t firstHits = 0, secondHits = 0;
    bool isSame = true;
    for (int pair = 0; pair < pairs; ++pair) {
        const auto none = bench.run(nullptr, false);
        const auto l1 = bench.run(warm, false);
        // The engine after a restart. Made before the clock starts, as the program's is.
        engine::Engine freshEngine({.memoryBytes = 256U << 20U});
        const auto fresh = std::make_shared<KvBlocks>(freshEngine);
        fresh->setSecondLevel(redis->get());
        const auto l2 = bench.run(fresh, true);
        if (!none || !l1 || !l2)
            return failure(!none ? none.error() : !l1 ? l1.error() : l2.error());
        isSame = isSame && none->first == l1->first && none->first == l2->first;
        firstHits = l1->hits;
        secondHits = l2->hits;
        cold.push_back(none->ms);
        first.push_back(l1->ms);
        second.push_back(l2->ms);
        firstRatios.push_back(l1->ms / none->ms);
        secondRatios.push_back(l2->ms / none->ms);
    }
    Outcome outcome;
    outcome.figures = {{QStringLiteral("ttft_l1_ms"), median(first)},
                       {QStringLiteral("ttft_l2_ms"), median(second)},
                       {QStringLiteral("l1_hit_tokens"), static_cast<qint64>(firstHits)},
                       {QStringLiteral("l2_hit_tokens"), static_cast<qint64>(secondHits)}};
    outcome.reference = {{QStringLiteral("ttft_cold_ms"), median(cold)}};
    outcome.ratios = {
        {QStringLiteral("l1"), median(firstRatios), Ratio::Better::Lower, 1.0 / 50},
        {QStringLiteral("l2"), median(secondRatios), Ratio::Better::Lower, 1.0 / 10},
        {QStringLiteral("same_first_token"), isSame ? 1.0 : 0.0, Ratio::Better::Higher, 1}};
    return outcome;
}

} // namespace kvscope::bench
