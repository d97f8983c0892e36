// RunReport: what a run found, kept as a file beside the journal and written out for people.
#pragma once

#include "core/jobs/jobstate.h"
#include "core/jobs/journal.h"

#include <QFile>

namespace kvscope {

/// `difference` with values no longer than `most` bytes, the stretch where they begin to differ
/// among them.
Difference shortened(const Difference &difference, std::size_t most);

/// One difference as in the contract's items: class, key, cache, source, age_ms and, where they
/// are, ttl_ms and remark. What is not UTF-8 is `{"base64": …}`.
QJsonObject differenceToJson(const Difference &difference);

/// Writes `reports/RUN.jsonl` in `folder`, a difference a line, as they come. Blocking: a job's
/// thread. The file is made with the first difference and readable by this user only.
class RunReportWriter
{
  public:
    /// Values longer than this are cut to where they differ.
    static constexpr std::size_t kMostValueBytes = 4'096;
    /// A report that is longer than this ends there; the counts in the journal are whole.
    static constexpr qint64 kMostBytes = qint64{256} << 20U;

    RunReportWriter(const QString &folder, const QString &run);

    void add(const Difference &difference);
    /// Writes out what waits, and says how long the report is then: what a checkpoint remembers.
    std::int64_t mark();
    /// Takes back what was told behind `mark`: it is going to be told again.
    void cutTo(std::int64_t mark);
    /// FileUnwritable where something is lost.
    Result<bool> finish();

  private:
    QFile m_file;
    QByteArray m_waiting;
    qint64 m_written = 0;
    bool m_failed = false;
    QString m_reason;
};

/// Where the differences of a run are, if it found some.
QString runReportFile(const QString &folder, const QString &run);

/// The first FoundDifferences::kMost differences of a run, and the counts of those that are in the
/// report; empty where it found none. Blocking. FileUnreadable.
Result<FoundDifferences> loadRunReport(const QString &folder, const QString &run,
                                       ValueRule::Type valueType);

enum class ReportFormat : std::uint8_t { Json, Markdown };

/// Writes the whole report of a run to `path`: what it was asked, its figures, its differences (all
/// of them as JSON, the first kMostInMarkdown as Markdown). Blocking. FileUnwritable.
inline constexpr int kMostInMarkdown = 1'000;
Result<bool> exportRunReport(const QString &folder, const RunRecord &record, const QString &path,
                             ReportFormat format);

} // namespace kvscope
