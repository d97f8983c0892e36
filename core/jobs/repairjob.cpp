// RepairJob: from keys to suspects, and from those to the Repairer.
#include "core/jobs/repairjob.h"

#include "core/jobs/joblease.h"
#include "core/jobs/repairer.h"

#include <QCoreApplication>

#include <algorithm>
#include <unordered_map>

namespace kvscope {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(kvscope::Job)
};

bool isInteger(BytesView text)
{
    const BytesView digits = text.substr(text.starts_with('-') ? 1 : 0);
    return !digits.empty() && digits.find_first_not_of("0123456789") == BytesView::npos;
}

} // namespace

QJsonObject RepairReport::toJson() const
{
    return {{QStringLiteral("rows"), qint64{rows}},
            {QStringLiteral("repaired"), qint64{repaired}},
            {QStringLiteral("agreed"), qint64{agreed}},
            {QStringLiteral("skipped"), qint64{skipped}},
            {QStringLiteral("seconds"), seconds}};
}

RepairJob::RepairJob(Store &store, Journal &journal, JobControl &control, RepairOptions options,
                     ProgressMeter::Sink progress)
    : m_store(store), m_journal(journal), m_control(control), m_options(std::move(options)),
      m_verdict(m_options.binding), m_meter(std::move(progress))
{}

std::optional<Error> RepairJob::run()
{
    const auto start = std::chrono::steady_clock::now();
    std::optional<Error> error = work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    m_report.seconds = took.count();
    m_meter.flush();
    return error;
}

std::optional<Error> RepairJob::work()
{
    m_meter.startPhase(Words::tr("Repairing"), static_cast<std::int64_t>(m_options.keys.size()));
    auto rows = BoundRows::open(m_options.binding, m_options.sourceUrl, m_control.token());
    if (!rows) return rows.error();
    SuspectLooker looker(m_store, m_options.binding, m_verdict, *rows);
    const QString &name = m_options.binding.name;
    const auto lease = JobLease::take(
        m_store, {.name = name.toStdString(),
                  .work = m_options.run.toStdString(),
                  .etcd = m_options.etcd.isEmpty() ? m_options.binding.etcd : m_options.etcd});
    if (!lease) return lease.error();
    Repairer repairer(m_store, m_journal, m_options.binding, looker,
                      {.run = m_options.run,
                       .how = m_options.how,
                       .fence = (*lease)->fence(),
                       .leaseName = name,
                       .replicas = m_options.replicas,
                       .leftAlone = m_options.leftAlone});
    const std::span<const Bytes> keys(m_options.keys);
    for (std::size_t first = 0; first < keys.size();) {
        if (!m_control.mayGoOn()) return Error(ErrorCode::Cancelled);
        if (auto lost = (*lease)->whyLost()) return lost;
        const auto some = keys.subspan(first, std::min(keys.size() - first, looker.atOnce()));
        first += some.size();
        auto suspects = suspectsFor(*rows, some);
        if (!suspects) return suspects.error();
        m_report.rows += static_cast<std::int64_t>(some.size());
        m_report.skipped += static_cast<std::int64_t>(some.size() - suspects->size());
        // The repairer looks once more, so that each is seen twice over the same bytes.
        Look look;
        if (auto error = looker.look(*suspects, look)) return error;
        const auto before = suspects->size();
        std::erase_if(*suspects,
                      [](const Suspect &one) { return one.what == EntryClass::Transient; });
        m_report.agreed += static_cast<std::int64_t>(before - suspects->size());
        const auto mended = repairer.repair(*suspects);
        if (!mended) return mended.error();
        m_report.repaired += *mended;
        m_report.skipped += static_cast<std::int64_t>(suspects->size()) - *mended;
        m_meter.setDone(m_report.rows);
    }
    return std::nullopt;
}

Result<std::vector<Suspect>> RepairJob::suspectsFor(BoundRows &rows, std::span<const Bytes> keys)
{
    std::vector<Suspect> suspects;
    std::vector<FieldTuple> tuples;
    for (const Bytes &key : keys) {
        // The columns of the key as the template cuts it, each once.
        const auto values = m_options.binding.key.match(key);
        if (!values) continue;
        const std::vector<Bytes> names = m_options.binding.key.columns();
        FieldTuple tuple;
        for (const Bytes &column : rows.mapper.keyColumns()) {
            const auto found = std::find(names.begin(), names.end(), column) - names.begin();
            const auto at = static_cast<std::size_t>(found);
            const bool integer = rows.mapper.keyShapes()[at].declared;
            const Bytes &value = (*values)[at];
            if (integer && !isInteger(value)) break;
            tuple.push_back({integer ? CellKind::Integer : CellKind::Text, value});
        }
        // A foreign key that only looks like one of ours.
        if (tuple.size() < rows.mapper.keyColumns().size()) continue;
        Suspect suspect;
        suspect.key = key;
        suspect.orphan = true;
        suspect.row = tuple;
        suspects.push_back(std::move(suspect));
        if (auto other = otherKindsOf(tuple)) tuples.push_back(std::move(*other));
        tuples.push_back(std::move(tuple));
    }
    if (suspects.empty()) return suspects;
    RowPage page;
    if (const auto found = rows.source->find(rows.mapper.keyColumns(), tuples, page); !found)
        return failure(found.error());
    MappedBatch batch;
    rows.mapper.map(page, 0, batch);
    std::unordered_map<BytesView, std::size_t> byKey;
    for (std::size_t i = 0; i < batch.size(); ++i) byKey.emplace(batch.keys[i], i);
    for (Suspect &suspect : suspects) {
        const auto at = byKey.find(suspect.key);
        if (at == byKey.end()) continue;
        suspect.orphan = false;
        suspect.row = page.tuple(batch.entries[at->second].row, rows.mapper.orderColumns());
    }
    return suspects;
}

} // namespace kvscope
