// BlockWarmJob: prompt by prompt.
#include "core/labrun/blockwarmjob.h"

#include "core/jobs/window.h"
#include "core/llm/session.h"
#include "core/store/kvfault.h"

#include <QCoreApplication>
#include <QFile>

#include <chrono>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::BlockWarmJob)
};

constexpr std::size_t kBlocksAtOnce = 64;
constexpr qint64 kMostFileBytes = qint64{4} << 20U;

Bytes trimmed(BytesView text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == BytesView::npos) return {};
    return Bytes(text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin));
}

std::vector<BytesView> linesOf(BytesView text)
{
    std::vector<BytesView> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

} // namespace

std::vector<Bytes> promptsIn(BytesView text)
{
    std::vector<Bytes> paragraphs;
    std::vector<Bytes> prompts;
    Bytes paragraph;
    const auto close = [&] {
        if (!paragraph.empty()) paragraphs.push_back(std::exchange(paragraph, {}));
    };
    for (const BytesView line : linesOf(text)) {
        Bytes bare = trimmed(line);
        if (bare.empty()) {
            close();
            continue;
        }
        if (!paragraph.empty()) paragraph += '\n';
        paragraph += bare;
        prompts.push_back(std::move(bare));
    }
    close();
    return paragraphs.size() > 1 ? paragraphs : prompts;
}

Result<std::vector<Bytes>> promptsOf(const QString &path)
{
    const auto refused = [&path](const QString &why) {
        return failure(ErrorCode::FileUnreadable, {path, why});
    };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return refused(file.errorString());
    if (file.size() > kMostFileBytes) return refused(Words::tr("it is larger than 4 MB"));
    const QByteArray text = file.readAll();
    auto prompts = promptsIn(BytesView(text.constData(), static_cast<std::size_t>(text.size())));
    if (prompts.empty()) return refused(Words::tr("there is no text in it"));
    return prompts;
}

QJsonObject BlockWarmReport::toJson() const
{
    return {{QStringLiteral("prompts"), qint64{prompts}},
            {QStringLiteral("rows"), qint64{blocks}},
            {QStringLiteral("written"), qint64{written}},
            {QStringLiteral("newer_kept"), qint64{kept}},
            {QStringLiteral("skipped"), qint64{tooShort}},
            {QStringLiteral("computed_tokens"), qint64{computedTokens}},
            {QStringLiteral("seconds"), seconds}};
}

BlockWarmJob::BlockWarmJob(Store &store, JobControl &control, BlockWarmOptions options,
                           ProgressMeter::Sink progress)
    : m_store(store), m_control(control), m_options(std::move(options)),
      m_meter(std::move(progress))
{}

std::optional<Error> BlockWarmJob::run()
{
    const auto start = std::chrono::steady_clock::now();
    m_meter.startPhase(Words::tr("Loading the model"), std::nullopt);
    const auto model = modelOf(m_options.model);
    if (!model) return model.error();
    if (!llm::KvLayout::supports((*model)->shape(), m_options.format.type))
        return errorOf({llm::FaultCode::OptionInvalid,
                        {std::string(llm::kvTypeName(m_options.format.type)), "f32, f16, q8"}},
                       {});
    std::vector<std::vector<llm::TokenId>> prompts;
    std::int64_t blocks = 0;
    for (const Bytes &prompt : m_options.prompts) {
        prompts.push_back((*model)->tokenizer().encodePrompt(prompt, llm::SpecialTokens::Parse));
        blocks += static_cast<std::int64_t>(prompts.back().size() / llm::kBlockTokens);
    }
    m_meter.startPhase(Words::tr("Computing KV blocks"), blocks);
    std::optional<Error> error;
    for (const auto &tokens : prompts) {
        if (!m_control.mayGoOn()) error = Error(ErrorCode::Cancelled);
        if (!error) error = warm(*model, tokens);
        if (error) break;
        ++m_report.prompts;
    }
    m_meter.flush();
    m_report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return error;
}

Result<std::vector<Bytes>> BlockWarmJob::readChain(std::span<const llm::BlockId> chain)
{
    std::vector<Bytes> records;
    for (std::size_t at = 0; at < chain.size(); at += kBlocksAtOnce) {
        KeyBatch keys;
        for (const llm::BlockId &id : chain.subspan(at, std::min(kBlocksAtOnce, chain.size() - at)))
            keys.append(id.key);
        const auto page = answerOf<BulkPage>(
            [&](auto done) { m_store.bulk().read(keys, {.exact = true}, std::move(done)); });
        if (!page) return failure(page.error());
        for (const BulkEntry &entry : page->entries) {
            if (entry.state != BulkEntry::State::There) return records;
            records.emplace_back(page->text(entry.value));
        }
    }
    return records;
}

std::optional<Error> BlockWarmJob::warm(const std::shared_ptr<const llm::Model> &model,
                                        const std::vector<llm::TokenId> &tokens)
{
    const llm::KvLayout layout(model->shape(), m_options.format);
    const auto chain = llm::blockChain(model->fingerprint(), layout, tokens);
    if (chain.empty()) {
        ++m_report.tooShort;
        return std::nullopt;
    }
    auto records = readChain(chain);
    if (!records) return records.error();
    const auto carried = std::make_shared<llm::CarriedBlocks>();
    const std::size_t there = carried->bring(chain, std::move(*records));
    const std::int64_t before = m_report.blocks;
    m_report.kept += static_cast<std::int64_t>(there);
    m_report.blocks += static_cast<std::int64_t>(there);
    m_meter.setDone(m_report.blocks);
    auto session = llm::Session::make(
        model,
        {.kv = m_options.format.type, .rotation = m_options.format.rotation, .blocks = carried});
    if (!session) return errorOf(session.error(), {});
    // The first stretch is looked up in what was brought, all of it.
    std::size_t stretch = there * llm::kBlockTokens + kStretch;
    for (std::size_t at = 0; at < tokens.size() && there < chain.size();) {
        if (!m_control.mayGoOn()) return Error(ErrorCode::Cancelled);
        const std::size_t count = std::min(stretch, tokens.size() - at);
        stretch = kStretch;
        if (auto ok = (*session)->feed(std::span(tokens).subspan(at, count), m_control.token());
            !ok)
            return errorOf(ok.error(), {});
        if (m_control.isCancelled()) return Error(ErrorCode::Cancelled);
        at += count;
        if (auto error = write(carried->takeMade())) return error;
        m_meter.setDone(m_report.blocks);
    }
    m_report.computedTokens +=
        there < chain.size()
            ? static_cast<std::int64_t>(tokens.size() - (*session)->prefixHitTokens())
            : 0;
    m_meter.setDone(before + static_cast<std::int64_t>(chain.size()));
    return std::nullopt;
}

std::optional<Error> BlockWarmJob::write(std::vector<llm::CarriedBlocks::Made> made)
{
    if (made.empty()) return std::nullopt;
    std::vector<BulkItem> items;
    items.reserve(made.size());
    for (const auto &[id, record] : made)
        items.push_back({.key = id.key, .value = *record, .version = {}, .ttlMs = m_options.ttlMs});
    const auto answers = answerOf<BulkWritten>([&](auto done) {
        m_store.bulk().write(items, {.guard = BulkGuard::Absent, .versionField = {}},
                             std::move(done));
    });
    if (!answers) return answers.error();
    std::vector<llm::CarriedBlocks::Made> again;
    for (std::size_t i = 0; i < answers->outcomes.size(); ++i) {
        switch (answers->outcomes[i]) {
        case BulkOutcome::Written:
            ++m_report.written;
            ++m_report.blocks;
            m_writtenKeys.push_back(made[i].id.key);
            break;
        case BulkOutcome::Again:
            again.push_back(std::move(made[i]));
            break;
        case BulkOutcome::Refused:
            return answers->refusal.value_or(
                Error(ErrorCode::LabFailed, {Words::tr("the store had no room for a block")}));
        default:
            ++m_report.kept;
            ++m_report.blocks;
        }
    }
    return write(std::move(again));
}

} // namespace kvscope
