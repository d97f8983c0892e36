// ChatbotWorkload: fetch, compute, keep.
#include "core/scenario/chatbotworkload.h"

#include "core/config/paths.h"
#include "core/scenario/scenariotally.h"
#include "core/store/store.h"

#include <QCoreApplication>

#include <algorithm>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Chatbot)
};

} // namespace

ChatbotWorkload::ChatbotWorkload(Store &store, const ScenarioOptions &options,
                                 std::shared_ptr<ScenarioTally> tally)
    : m_store(store),
      m_path(options.sourceFile.isEmpty() ? shippedModelPath() : options.sourceFile),
      m_seed(options.seed), m_ttlMs(options.ttlMs), m_tally(std::move(tally)), m_dice(options.seed),
      m_waiting(ChatScript::kPrompts)
{}

void ChatbotWorkload::open(std::function<void(double)>, Callback<bool> done)
{
    if (m_path.isEmpty())
        return done(
            failure(ErrorCode::LabFailed, {Words::tr("no language model came with this build")}));
    m_lifetime.emplace();
    m_worker = std::make_unique<ChatWorker>();
    m_worker->load(m_path, m_lifetime->guard([this, done = std::move(done)](
                                                 const Result<ChatWorker::Model> &model) {
        if (!model) return done(failure(model.error()));
        if (!llm::KvLayout::supports((*model)->shape(), ChatWorker::kFormat))
            return done(failure(ErrorCode::ModelUnusable, {m_path, Words::tr("its head size")}));
        take(*model);
        done(true);
    }));
}

void ChatbotWorkload::take(const ChatWorker::Model &model)
{
    m_model = model;
    m_layout.emplace(model->shape(), llm::KvFormat{ChatWorker::kFormat});
    m_script.emplace(model->tokenizer(), m_seed);
}

void ChatbotWorkload::serve(std::size_t request, Callback<bool> done)
{
    Asked asked{std::chrono::steady_clock::now(), std::move(done)};
    std::deque<Asked> &waiting = m_waiting[request];
    waiting.push_back(asked);
    if (waiting.size() == 1) start(request, std::move(asked));
}

void ChatbotWorkload::start(std::size_t prompt, Asked asked)
{
    const auto turn = std::make_shared<Turn>();
    turn->script = m_script->next(prompt);
    turn->asked = std::move(asked);
    // The last token is always computed: its logits choose the first token of the answer.
    turn->chain =
        llm::blockChain(m_model->fingerprint(), *m_layout,
                        std::span(turn->script.tokens).first(turn->script.tokens.size() - 1));
    // The beginning is read last, so that under LRU the ends of chains go before their beginnings.
    std::vector<Bytes> keys;
    for (auto id = turn->chain.rbegin(); id != turn->chain.rend(); ++id) keys.push_back(id->key);
    ReadOptions options;
    options.purpose = ReadPurpose::Traffic;
    options.fields = ReadValue;
    options.limits.maxBytes =
        static_cast<std::int64_t>(m_layout->blockBytes() + llm::kRecordHeaderBytes) + 1;
    turn->fetchedFrom = std::chrono::steady_clock::now();
    m_store.reader().read(std::move(keys), options,
                          m_lifetime->guard([this, turn](Result<std::vector<Entry>> entries) {
                              takeRecords(turn, std::move(entries));
                          }));
}

void ChatbotWorkload::takeRecords(const TurnPtr &turn, Result<std::vector<Entry>> entries)
{
    if (!entries) return finish(turn, failure(entries.error()));
    std::vector<Bytes> records;
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry)
        records.push_back(std::move(entry->value));
    turn->hits = turn->blocks->bring(turn->chain, std::move(records));
    turn->fetchTime = std::chrono::steady_clock::now() - turn->fetchedFrom;
    m_worker->answer({turn->script.tokens, turn->blocks},
                     m_lifetime->guard([this, turn](const Result<ChatWorker::Answer> &answer) {
                         takeAnswer(turn, answer);
                     }));
}

void ChatbotWorkload::takeAnswer(const TurnPtr &turn, const Result<ChatWorker::Answer> &answer)
{
    if (!answer) return finish(turn, failure(answer.error()));
    note(*turn, *answer);
    m_script->answered(turn->script, answer->said);
    writeBack(turn);
}

void ChatbotWorkload::note(const Turn &turn, const ChatWorker::Answer &answer)
{
    const auto lookups = static_cast<std::int64_t>(turn.chain.size());
    const auto misses = turn.chain.size() - turn.hits;
    const auto look = turn.fetchTime / std::max<std::int64_t>(1, lookups);
    for (std::size_t i = 0; i < turn.hits; ++i) m_tally->recordHit(look);
    // What a block's sixteen tokens took, of all that were computed.
    const auto compute = answer.computeTime * static_cast<std::int64_t>(llm::kBlockTokens) /
                         static_cast<std::int64_t>(std::max<std::size_t>(1, answer.computed));
    for (std::size_t i = 0; i < misses; ++i) {
        m_tally->recordMiss(look + compute);
        m_tally->recordSourceQuery();
    }
    m_tally->recordTurn({.firstToken = answer.firstTokenAt - turn.asked.at,
                         .start = turn.hits * 2 < turn.chain.size() ? ScenarioTally::Start::Cold
                                                                    : ScenarioTally::Start::Warm,
                         .promptTokens = turn.script.tokens.size(),
                         .savedTokens = turn.hits * llm::kBlockTokens});
}

void ChatbotWorkload::writeBack(const TurnPtr &turn)
{
    std::vector<WriteRequest> requests;
    // What was made together expires together: a beginning must not go before what follows it.
    const std::int64_t most = m_ttlMs / 10;
    const std::int64_t ttlMs =
        m_ttlMs + std::uniform_int_distribution<std::int64_t>(-most, most)(m_dice);
    for (llm::CarriedBlocks::Made &made : turn->blocks->takeMade()) {
        WriteRequest request;
        request.key = std::move(made.id.key);
        request.value = Bytes(*made.record);
        request.expiry = ExpiryChange::set(ttlMs);
        request.origin = WriteRequest::Origin::Traffic;
        requests.push_back(std::move(request));
    }
    if (requests.empty()) return finish(turn, true);
    m_store.writer().write(
        std::move(requests),
        m_lifetime->guard([this, turn](const Result<std::vector<Result<WriteOutcome>>> &written) {
            if (!written) return finish(turn, failure(written.error()));
            for (const Result<WriteOutcome> &outcome : *written)
                if (!outcome) return finish(turn, failure(outcome.error()));
            finish(turn, true);
        }));
}

void ChatbotWorkload::finish(const TurnPtr &turn, Result<bool> result)
{
    const std::size_t prompt = turn->script.prompt;
    std::deque<Asked> &waiting = m_waiting[prompt];
    waiting.pop_front();
    // A copy: start() may be answered within the call.
    if (!waiting.empty()) start(prompt, Asked(waiting.front()));
    turn->asked.done(std::move(result));
}

} // namespace kvscope
