// Durations as people write them; what a store would refuse is refused here.
#include "widgets/editor/ttlpopup.h"

#include "core/async/errortext.h"
#include "core/base/human.h"
#include "core/store/batchwriter.h"
#include "widgets/base/theme.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace kvscope {

QString shortTtl(std::int64_t ms)
{
    // Whole seconds: a countdown in milliseconds only flickers.
    const std::int64_t whole = ms >= 1000 ? ms / 1000 * 1000 : std::max<std::int64_t>(ms, 0);
    return QString::fromStdString(formatDuration(whole));
}

QString longTtl(std::int64_t ms)
{
    const QDateTime until = QDateTime::currentDateTime().addMSecs(ms);
    return TtlPopup::tr("%1 s · expires %2")
        .arg(QString::number(std::max<std::int64_t>(ms, 0) / 1000),
             until.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
}

TtlPopup::TtlPopup(std::optional<std::int64_t> ttlMs, QWidget *parent)
    : QDialog(parent, Qt::Popup), m_title(new QLabel(this)), m_detail(new QLabel(this)),
      m_field(new QLineEdit(this)), m_complaint(new QLabel(this)),
      m_persist(new QPushButton(tr("Persist"), this)), m_set(new QPushButton(tr("Set"), this))
{
    setObjectName(QStringLiteral("ttlPopup"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_title->setObjectName(QStringLiteral("ttlTitle"));
    setLook(m_title, "title");
    setLook(m_detail, "muted");
    m_field->setObjectName(QStringLiteral("ttlField"));
    m_field->setPlaceholderText(tr("New time: 90, 5m, 2h, 1d"));
    m_field->setAccessibleName(tr("New time to live"));
    setLook(m_field, "mono");
    m_complaint->setObjectName(QStringLiteral("ttlComplaint"));
    m_complaint->setWordWrap(true);
    setLook(m_complaint, "small");
    m_persist->setObjectName(QStringLiteral("ttlPersist"));
    m_persist->setToolTip(tr("Removes the time to live"));
    m_persist->setAutoDefault(false);
    m_set->setObjectName(QStringLiteral("ttlSet"));
    setLook(m_set, "primary");
    m_set->setDefault(true);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_persist);
    buttons->addStretch(1);
    buttons->addWidget(m_set);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_detail);
    layout->addWidget(m_field);
    layout->addWidget(m_complaint);
    layout->addLayout(buttons);
    setMinimumWidth(320);

    connect(m_field, &QLineEdit::textChanged, this, &TtlPopup::judge);
    connect(m_persist, &QPushButton::clicked, this, [this] {
        emit persistChosen();
        close();
    });
    connect(m_set, &QPushButton::clicked, this, [this] {
        if (const auto ms = parseDuration(m_field->text().trimmed().toStdString()))
            emit ttlChosen(*ms);
        close();
    });
    showTtl(ttlMs);
    m_field->setFocus();
}

void TtlPopup::showTtl(std::optional<std::int64_t> ttlMs)
{
    m_title->setText(!ttlMs        ? tr("No time to live")
                     : *ttlMs <= 0 ? tr("Expired")
                                   : shortTtl(*ttlMs));
    m_detail->setText(ttlMs ? longTtl(*ttlMs)
                            : tr("This key stays until it is deleted or evicted."));
    m_persist->setEnabled(ttlMs.has_value());
    judge();
}

void TtlPopup::showGone()
{
    m_gone = true;
    m_title->setText(tr("This key does not exist any more"));
    m_detail->setText(tr("It has expired or was deleted."));
    m_persist->setEnabled(false);
    m_field->setEnabled(false);
    judge();
}

void TtlPopup::judge()
{
    const QString text = m_field->text().trimmed();
    const auto ms = parseDuration(text.toStdString());
    QString complaint;
    const bool allowed = ms && ExpiryChange::allows(*ms);
    if (allowed)
        complaint = longTtl(*ms);
    else if (ms)
        complaint = errorLine(Error(ErrorCode::TtlRefused, {text}));
    else if (!text.isEmpty())
        complaint = tr("Write seconds, or a number with ms, s, m, h or d.");
    m_complaint->setText(complaint);
    m_complaint->setVisible(!complaint.isEmpty());
    m_set->setEnabled(allowed && !m_gone);
    adjustSize();
}

} // namespace kvscope
