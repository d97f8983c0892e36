// PreviewPanel: the source on the pool, then the store.
#include "widgets/jobs/previewpanel.h"

#include "core/async/errortext.h"
#include "core/jobs/entryverdict.h"
#include "core/jobs/runreport.h"
#include "widgets/base/theme.h"
#include "widgets/jobs/differencetable.h"
#include "widgets/jobs/jobwords.h"

#include <QLabel>
#include <QThreadPool>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr std::size_t kShownBytes = 2'000;

} // namespace

PreviewPanel::PreviewPanel(const JobsTarget &target, QWidget *parent)
    : QWidget(parent), m_target(target), m_table(new DifferenceTable(this)),
      m_status(new QLabel(this))
{
    setObjectName(QStringLiteral("previewPanel"));
    m_table->becomePreview();
    m_status->setObjectName(QStringLiteral("previewStatus"));
    m_status->setWordWrap(true);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setContentsMargins(12, 6, 12, 8);
    setLook(m_status, "muted");
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_status);
}

PreviewPanel::~PreviewPanel()
{
    m_stop.request_stop();
}

void PreviewPanel::showNote(const QString &note)
{
    m_stop.request_stop();
    m_reading.renew();
    m_table->show({}, DifferenceModel::Growth::Whole, note);
    m_status->clear();
}

void PreviewPanel::show(const Binding &binding)
{
    m_stop.request_stop();
    m_stop = std::stop_source();
    m_reading.renew();
    m_status->setText(tr("Reading the first rows…"));
    const auto done = m_reading.guard(
        [this, binding](const std::shared_ptr<EntryPreview> &preview) { take(binding, preview); });
    QThreadPool::globalInstance()->start([binding, stop = m_stop.get_token(), done] {
        done(std::make_shared<EntryPreview>(previewEntries(binding, kRows, stop)));
    });
}

void PreviewPanel::take(const Binding &binding, const std::shared_ptr<EntryPreview> &preview)
{
    emit judged(preview->problem);
    if (preview->problem) {
        m_table->show({}, DifferenceModel::Growth::Whole,
                      tr("No rows: see the field that is marked."));
        m_status->setText(errorLine(preview->problem->error));
        return;
    }
    compare(binding, *preview, nullptr);
    readStore(binding, preview);
}

void PreviewPanel::readStore(const Binding &binding, const std::shared_ptr<EntryPreview> &preview)
{
    if (preview->rows.size() == 0 || !m_target.obstacle().isEmpty()) return;
    KeyBatch keys;
    for (std::size_t i = 0; i < preview->rows.size(); ++i) keys.append(preview->rows.keys[i]);
    BulkReadOptions options = readOptionsFor(binding);
    options.exact = true;
    options.ttl = true;
    m_target.store->bulk().read(
        keys, options, m_reading.guard([this, binding, preview](const Result<BulkPage> &page) {
            if (page) return compare(binding, *preview, &*page);
            m_status->setText(errorLine(page.error()));
        }));
}

void PreviewPanel::compare(const Binding &binding, const EntryPreview &preview,
                           const BulkPage *page)
{
    const EntryVerdict verdict(binding);
    auto found = std::make_shared<FoundDifferences>();
    int agree = 0;
    for (std::size_t i = 0; i < preview.rows.size(); ++i) {
        Difference one;
        one.key = Bytes(preview.rows.keys[i]);
        one.source = verdict.shown(preview.rows, i);
        if (page) {
            one.what = verdict.classify(preview.rows, i, *page, i);
            one.cache = verdict.shown(*page, i);
            if (one.what == EntryClass::Match) ++agree;
        } else {
            one.what = EntryClass::Unknown;
        }
        found->add(shortened(one, kShownBytes));
    }
    m_table->show(found, DifferenceModel::Growth::Whole, tr("The query gives no rows."));
    QStringList status;
    const int rows = static_cast<int>(preview.rows.size());
    if (page)
        status << tr("%1 of the first %n rows agree with the store now.", nullptr, rows).arg(agree);
    else if (!m_target.obstacle().isEmpty())
        status << m_target.obstacle() + QLatin1Char('.');
    for (const QString &fault : preview.faults.mid(0, 3)) status << fault + QLatin1Char('.');
    m_status->setText(status.join(QLatin1Char(' ')));
}

} // namespace kvscope
