// BlockCheckJob: scan, compute, compare, delete.
#include "core/labrun/blockcheckjob.h"

#include "core/base/human.h"
#include "core/jobs/changesteps.h"
#include "core/jobs/joblease.h"
#include "core/jobs/nines.h"
#include "core/jobs/scanpages.h"
#include "core/jobs/window.h"
#include "core/labrun/blockdifference.h"
#include "core/store/kvfault.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::BlockCheckJob)
};

constexpr std::size_t kHeadersAtOnce = 500;
constexpr BytesView kAllBlocks = "kv:*";
constexpr BytesView kLeaseName = "kv blocks"; // one at a time deletes any of them

// kivi2 quantises a block once so many tokens have passed it.
constexpr std::size_t kPassing = llm::KvCache::kResidual + llm::kBlockTokens;

} // namespace

QJsonObject BlockCheckReport::toJson() const
{
    QJsonObject classes;
    for (std::size_t i = 0; i < kEntryClasses; ++i) {
        const auto of = static_cast<EntryClass>(i);
        classes.insert(QLatin1String(entryClassName(of)), qint64{counts[of]});
    }
    const std::int64_t wrong = counts.wrong();
    const auto reached = nines(wrong, counts.total());
    return {{QStringLiteral("compared"), qint64{counts.total()}},
            {QStringLiteral("counts"), classes},
            {QStringLiteral("nines"), reached ? QJsonValue(*reached) : QJsonValue()},
            {QStringLiteral("nines_low"), ninesLow(wrong, counts.total())},
            {QStringLiteral("repaired"), qint64{deleted}},
            {QStringLiteral("of_other_models"), qint64{ofOthers}},
            {QStringLiteral("gone"), qint64{gone}},
            {QStringLiteral("seconds"), seconds}};
}

BlockCheckJob::BlockCheckJob(Store &store, Journal &journal, JobControl &control, QString run,
                             BlockCheckOptions options, Sinks sinks)
    : m_store(store), m_journal(journal), m_control(control), m_run(std::move(run)),
      m_options(std::move(options)), m_sinks(std::move(sinks)), m_meter(m_sinks.progress)
{}

std::optional<Error> BlockCheckJob::run()
{
    const auto start = std::chrono::steady_clock::now();
    auto error = check();
    m_meter.flush();
    m_report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return error;
}

std::optional<Error> BlockCheckJob::check()
{
    m_meter.startPhase(Words::tr("Loading the model"), std::nullopt);
    auto model = modelOf(m_options.model);
    if (!model) return model.error();
    m_model = std::move(*model);
    if (auto error = scan()) return error;
    m_tree.tie();
    std::int64_t wanted = 0;
    for (std::size_t i = 0; i < m_tree.size(); ++i) wanted += m_tree.node(i).isWanted ? 1 : 0;
    m_meter.startPhase(Words::tr("Comparing KV blocks"), wanted);
    for (const std::size_t orphan : m_tree.orphans()) {
        const BlockNode &node = m_tree.node(orphan);
        tell(EntryClass::Orphan, node.id.key, node.ttlMs, node.header);
    }
    for (const std::size_t root : m_tree.roots())
        if (auto error = follow(root)) return error;
    return deleteFound();
}

std::optional<Error> BlockCheckJob::scan()
{
    m_meter.startPhase(Words::tr("Looking for KV blocks"), std::nullopt);
    const Bytes ours = llm::blockKeyPrefix(m_model->fingerprint());
    ScanPages pages(m_store.keySpace(), {.match = Bytes(kAllBlocks)});
    std::vector<Bytes> keys;
    std::int64_t seen = 0;
    while (m_control.mayGoOn()) {
        const auto page = pages.next();
        if (!page) return page.error();
        for (std::size_t i = 0; i < page->keys.size(); ++i) {
            const BytesView key = page->keys[i];
            ++seen;
            if (!key.starts_with(ours)) {
                ++m_report.ofOthers;
                continue;
            }
            keys.emplace_back(key);
            if (keys.size() < kHeadersAtOnce) continue;
            if (auto error = readHeaders(std::exchange(keys, {}))) return error;
        }
        m_meter.setDone(seen);
        if (page->last) return readHeaders(std::move(keys));
    }
    return Error(ErrorCode::Cancelled);
}

std::optional<Error> BlockCheckJob::readHeaders(std::vector<Bytes> keys)
{
    if (keys.empty()) return std::nullopt;
    ReadOptions options;
    options.purpose = ReadPurpose::Job;
    options.fields = ReadType | ReadTtl | ReadValue;
    options.limits.maxBytes = llm::kRecordHeaderBytes;
    const auto entries = answerOf<std::vector<Entry>>(
        [&](auto done) { m_store.reader().read(std::move(keys), options, std::move(done)); });
    if (!entries) return entries.error();
    for (const Entry &entry : *entries)
        if (entry.exists()) takeHeader(entry.key, entry.value, entry.ttlMs.value_or(-1));
    return std::nullopt;
}

void BlockCheckJob::takeHeader(const Bytes &key, BytesView header, std::int64_t ttlMs)
{
    const bool isWanted = m_options.only.empty() || m_options.only.contains(key);
    auto id = llm::blockIdIn(header);
    if (!id || id->key != key || id->model != m_model->fingerprint()) {
        Difference difference;
        difference.remark =
            (id ? Words::tr("its header names another block") : Words::tr("it is no KV block"))
                .toStdString();
        if (isWanted)
            tell(EntryClass::Corrupt, key, ttlMs, JudgedBytes::of(header), std::move(difference));
        return;
    }
    const bool fits = llm::KvLayout::supports(m_model->shape(), id->format.type) &&
                      llm::KvLayout(m_model->shape(), id->format).blockBytes() == id->bytes &&
                      std::ranges::all_of(id->tokens, [this](llm::TokenId token) {
                          return token < m_model->shape().vocab;
                      });
    if (!fits) {
        if (isWanted) tell(EntryClass::Unknown, key, ttlMs, JudgedBytes::of(header));
        return;
    }
    m_tree.add({std::move(*id), ttlMs, isWanted, JudgedBytes::of(header)});
}

std::unique_ptr<llm::Session> BlockCheckJob::sessionFor(const llm::KvFormat &format) const
{
    llm::Session::Options options{.kv = format.type, .rotation = format.rotation};
    if (format.keys == llm::KeyForm::Raw) {
        options.atEnd = llm::AtContextEnd::Shift;
        options.context = std::numeric_limits<std::int32_t>::max(); // nothing is ever shifted
    }
    auto session = llm::Session::make(m_model, options);
    return session ? std::move(*session) : nullptr; // formats were tried with the headers
}

std::optional<Error> BlockCheckJob::follow(std::size_t root)
{
    std::vector<Branch> branches;
    branches.push_back({root, sessionFor(m_tree.node(root).id.format)});
    while (!branches.empty()) {
        if (!m_control.mayGoOn()) return Error(ErrorCode::Cancelled);
        Branch branch = std::move(branches.back());
        branches.pop_back();
        std::vector<std::size_t> run{branch.node};
        while (run.size() < kRun && m_tree.node(run.back()).children.size() == 1)
            run.push_back(m_tree.node(run.back()).children.front());
        std::vector<llm::TokenId> tokens;
        for (const std::size_t i : run) {
            const auto &its = m_tree.node(i).id.tokens;
            tokens.insert(tokens.end(), its.begin(), its.end());
        }
        if (auto ok = branch.session->feed(tokens, m_control.token()); !ok)
            return errorOf(ok.error(), {});
        if (m_control.isCancelled()) return Error(ErrorCode::Cancelled);
        if (auto error = compare(run, *branch.session)) return error;
        const std::vector<std::size_t> &children = m_tree.node(run.back()).children;
        for (std::size_t c = 1; c < children.size(); ++c)
            branches.push_back({children[c], branch.session->fork()});
        if (!children.empty()) branches.push_back({children[0], std::move(branch.session)});
    }
    return std::nullopt;
}

std::optional<Error> BlockCheckJob::compare(std::span<const std::size_t> run, llm::Session &session)
{
    std::unique_ptr<llm::Session> passed;
    if (session.options().kv == llm::KvType::Kivi2) {
        passed = session.fork();
        const std::vector<llm::TokenId> filler(kPassing, session.tokens().back());
        if (auto ok = passed->feed(filler); !ok) return errorOf(ok.error(), {});
    }
    const llm::KvCache &cache = passed ? passed->cache() : session.cache();
    const std::size_t first = session.tokens().size() / llm::kBlockTokens - run.size();
    KeyBatch keys;
    for (const std::size_t i : run) keys.append(m_tree.node(i).id.key);
    const auto page = answerOf<BulkPage>(
        [&](auto done) { m_store.bulk().read(keys, {.exact = true}, std::move(done)); });
    if (!page) return page.error();
    for (std::size_t i = 0; i < run.size(); ++i) {
        const BlockNode &node = m_tree.node(run[i]);
        if (!node.isWanted) continue;
        if (page->entries[i].state != BulkEntry::State::There) {
            ++m_report.gone;
            m_meter.setDone(++m_done);
            continue;
        }
        judge(node, page->text(page->entries[i].value), cache.table()[first + i].block.data());
    }
    return std::nullopt;
}

void BlockCheckJob::judge(const BlockNode &node, BytesView record, const std::byte *computed)
{
    Difference difference;
    const std::byte *kept = llm::blockInRecord(node.id, record, llm::RecordCheck::Header);
    if (kept == nullptr) {
        difference.remark = Words::tr("it was changed meanwhile").toStdString();
        return tell(EntryClass::Corrupt, node.id.key, node.ttlMs, JudgedBytes::of(record),
                    std::move(difference));
    }
    if (std::memcmp(kept, computed, node.id.bytes) == 0 &&
        llm::blockInRecord(node.id, record, llm::RecordCheck::Thorough) != nullptr) {
        ++m_report.counts[EntryClass::Match];
        m_meter.setDone(++m_done);
        return;
    }
    const bool isWhole = llm::blockInRecord(node.id, record, llm::RecordCheck::Thorough) != nullptr;
    const llm::KvLayout layout(m_model->shape(), node.id.format);
    describeDifference(layout, kept, computed, difference);
    if (!isWhole)
        difference.remark = Words::tr("its checksum is wrong, %1")
                                .arg(QString::fromStdString(difference.remark))
                                .toStdString();
    tell(isWhole ? EntryClass::Diverged : EntryClass::Corrupt, node.id.key, node.ttlMs,
         JudgedBytes::of(record), std::move(difference));
}

void BlockCheckJob::tell(EntryClass what, const Bytes &key, std::int64_t ttlMs,
                         const JudgedBytes &judged, Difference difference)
{
    ++m_report.counts[what];
    m_meter.setDone(++m_done);
    difference.what = what;
    difference.key = key;
    if (ttlMs >= 0) difference.ttlMs = ttlMs;
    if (m_sinks.difference) m_sinks.difference(difference);
    // What can't be judged is left alone.
    if (what != EntryClass::Unknown) m_wrong.push_back({key, judged});
}

std::optional<Error> BlockCheckJob::deleteFound()
{
    if (m_options.repair == BlockCheckOptions::Repair::None) return std::nullopt;
    if (m_wrong.empty()) return std::nullopt;
    m_meter.startPhase(Words::tr("Deleting"), static_cast<std::int64_t>(m_wrong.size()));
    const auto lease =
        JobLease::take(m_store, {.name = Bytes(kLeaseName), .work = m_run.toStdString()});
    if (!lease) return lease.error();
    for (std::size_t at = 0; at < m_wrong.size();) {
        if (!m_control.mayGoOn()) return Error(ErrorCode::Cancelled);
        if (auto lost = (*lease)->whyLost()) return lost;
        KeyBatch keys;
        const std::size_t first = at;
        for (std::size_t i = at; i < std::min(at + kRun, m_wrong.size()); ++i)
            keys.append(m_wrong[i].key);
        auto images =
            answerOf<BulkImages>([&](auto done) { m_store.bulk().images(keys, std::move(done)); });
        if (!images) return images.error();
        // Large blocks come a few at a time.
        const auto later =
            std::ranges::find(images->each, BulkImage::Kind::NotRead, &BulkImage::kind);
        const auto read = std::max<std::ptrdiff_t>(later - images->each.begin(), 1);
        at += static_cast<std::size_t>(read);
        std::vector<ChangeRecord> changes;
        for (std::size_t i = 0; i < static_cast<std::size_t>(read); ++i) {
            // What was written since was never judged. Of another type than a string nothing was
            // seen but that.
            const BulkImage &image = images->each[i];
            const JudgedBytes &judged = m_wrong[first + i].judged;
            const bool isSame = image.kind == BulkImage::Kind::String
                                    ? judged.areOf(image.payload)
                                    : image.kind == BulkImage::Kind::Dump && judged.size == 0;
            if (!isSame) continue;
            ChangeRecord change;
            change.key = Bytes(keys[i]);
            change.before = std::move(images->each[i]);
            changes.push_back(std::move(change));
        }
        if (changes.empty()) continue;
        // Kept before the store is touched.
        if (const auto kept = m_journal.keep(m_run, changes); !kept) return kept.error();
        const ChangeSteps steps(changes, ChangeSteps::Direction::Forth);
        const auto answers = answerOf<BulkChangeAnswers>([&](auto done) {
            m_store.bulk().change(steps.changes(), (*lease)->fence(), std::move(done));
        });
        if (!answers) return answers.error();
        std::vector<std::int64_t> untouched;
        bool fenced = false;
        for (std::size_t i = 0; i < answers->outcomes.size(); ++i) {
            if (answers->outcomes[i] == BulkChanged::Applied) {
                ++m_report.deleted;
                m_changed.add(changes[i].key);
            } else {
                fenced |= answers->outcomes[i] == BulkChanged::Fenced;
                untouched.push_back(changes[i].number);
            }
        }
        if (const auto forgot = m_journal.forget(m_run, untouched); !forgot) return forgot.error();
        if (fenced)
            return Error(ErrorCode::LeaseLost,
                         {QString::fromUtf8(kLeaseName.data(), qsizetype(kLeaseName.size()))});
        if (answers->refusal) return answers->refusal;
        m_meter.setDone(static_cast<std::int64_t>(at));
    }
    return std::nullopt;
}

} // namespace kvscope
