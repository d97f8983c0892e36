// Chips left, actions right; the key gives way first when it gets narrow.
#include "widgets/editor/editorheader.h"

#include "core/base/human.h"
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/editor/editsession.h"
#include "widgets/editor/freshnesschip.h"
#include "widgets/editor/ttlpopup.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace kvscope {
namespace {

QString text(const std::string &bytes)
{
    return QString::fromStdString(bytes);
}

QLabel *chip(QWidget *parent, const char *name, const char *look)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText);
    setLook(label, look);
    label->hide();
    return label;
}

} // namespace

EditorHeader::EditorHeader(EditSession *session, QWidget *parent)
    : QFrame(parent), m_session(session), m_key(new QLabel(this)),
      m_type(chip(this, "typeChip", "chip")), m_size(chip(this, "sizeChip", "chip")),
      m_idle(chip(this, "idleChip", "chip")), m_readOnly(chip(this, "readOnlyChip", "chipWarning")),
      m_freshness(new FreshnessChip(session->key(), this)), m_ttl(new QPushButton(this)),
      m_save(new QPushButton(this))
{
    setObjectName(QStringLiteral("editorHeader"));
    setLook(this, "bar");
    m_key->setObjectName(QStringLiteral("keyLabel"));
    m_key->setTextFormat(Qt::PlainText);
    m_key->setFont(monoFont(13));
    m_key->setMinimumWidth(64);
    m_key->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_ttl->setObjectName(QStringLiteral("ttlButton"));
    m_ttl->setIcon(strokeIcon(QStringLiteral("edit")));
    m_ttl->setLayoutDirection(Qt::RightToLeft); // the pencil behind the text
    m_ttl->hide();
    m_save->setObjectName(QStringLiteral("saveButton"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(m_key, 1);
    for (QLabel *label : {m_type, m_size, m_idle, m_readOnly}) layout->addWidget(label);
    layout->addWidget(m_freshness);
    layout->addSpacing(8);
    layout->addWidget(m_ttl);
    layout->addWidget(m_save);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (isVisible()) showTtl();
    });
    connect(m_ttl, &QPushButton::clicked, this, &EditorHeader::openTtl);
    connect(m_save, &QPushButton::clicked, this, &EditorHeader::saveRequested);
    retranslate();
}

void EditorHeader::retranslate()
{
    m_readOnly->setText(tr("read-only"));
    m_save->setToolTip(tr("Show the changes, then write them (Ctrl+S)"));
    updateSave();
}

void EditorHeader::refresh(const QString &format)
{
    m_format = format;
    const Entry &entry = m_session->entry();
    const bool isString = entry.type == ValueType::String;
    const QString type = valueTypeName(entry.type);
    m_type->setText(format.isEmpty() ? type : type + QStringLiteral(" · ") + format);
    m_type->setVisible(entry.exists());
    const auto size = std::uint64_t(std::max<std::int64_t>(entry.size, 0));
    m_size->setText(isString ? text(formatBytes(size))
                             : tr("%1 elements").arg(text(formatCount(size))));
    m_size->setVisible(entry.exists() && entry.size >= 0);
    QStringList detail;
    if (isString) detail << tr("%1 bytes").arg(text(formatCount(size)));
    if (!entry.encoding.empty()) detail << tr("encoding %1").arg(text(escapeBytes(entry.encoding)));
    if (entry.memoryBytes >= 0)
        detail << tr("%1 in memory").arg(text(formatBytes(std::uint64_t(entry.memoryBytes))));
    if (entry.frequency >= 0) detail << tr("frequency %1").arg(entry.frequency);
    m_size->setToolTip(detail.join(QStringLiteral(" · ")));
    m_idle->setText(tr("idle %1").arg(text(formatDuration(entry.idleMs))));
    m_idle->setVisible(entry.exists() && entry.idleMs >= 1000);
    const QString reason = m_session->readOnlyReason();
    m_readOnly->setVisible(!reason.isEmpty());
    m_readOnly->setToolTip(reason);
    m_ttl->setEnabled(reason.isEmpty());
    m_ttl->setVisible(entry.exists());
    m_save->setVisible(isString || !entry.exists());
    showTtl();
    updateSave();
    elideKey();
    m_freshness->noteChange();
}

void EditorHeader::showTtl()
{
    const auto ttl = m_session->ttlMs();
    m_ttl->setText(!ttl        ? tr("No TTL")
                   : *ttl <= 0 ? tr("Expired")
                               : tr("TTL %1").arg(shortTtl(*ttl)));
    m_ttl->setToolTip(ttl ? longTtl(*ttl) : tr("Set a time to live"));
    const bool ticks = ttl.value_or(0) > 0;
    if (m_tick.isActive() && ttl && !ticks) emit expired();
    ticks ? m_tick.start() : m_tick.stop();
}

// What is known of the TTL may be minutes old: it is asked for again while the popup opens.
void EditorHeader::openTtl()
{
    auto *popup = new TtlPopup(m_session->ttlMs(), this);
    connect(popup, &TtlPopup::ttlChosen, this, &EditorHeader::ttlChosen);
    connect(popup, &TtlPopup::persistChosen, this, &EditorHeader::persistChosen);
    connect(m_session, &EditSession::ttlRead, popup, [this, popup](bool exists) {
        showTtl();
        exists ? popup->showTtl(m_session->ttlMs()) : popup->showGone();
    });
    popup->adjustSize();
    const QPoint below =
        m_ttl->mapToGlobal(QPoint(m_ttl->width() - popup->width(), m_ttl->height() + 4));
    popup->move(below);
    popup->open();
    m_session->readTtl();
}

void EditorHeader::setDirty(bool dirty)
{
    m_dirty = dirty;
    updateSave();
}

void EditorHeader::setSaving(bool saving)
{
    m_saving = saving;
    updateSave();
}

void EditorHeader::updateSave()
{
    const bool can = m_dirty && !m_saving && m_session->readOnlyReason().isEmpty();
    m_save->setEnabled(can);
    m_save->setText(m_saving ? tr("Saving…") : tr("Save"));
    setLook(m_save, can ? "primary" : "");
}

void EditorHeader::elideKey()
{
    const QString name = text(escapeBytes(BytesView(m_session->key()).substr(0, 2000)));
    m_key->setToolTip(name);
    m_key->setAccessibleName(name);
    m_key->setText(m_key->fontMetrics().elidedText(name, Qt::ElideMiddle, m_key->width()));
}

void EditorHeader::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    m_freshness->noteChange();
}

void EditorHeader::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    elideKey();
}

void EditorHeader::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange) elideKey();
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        if (m_session->entry().exists()) refresh(m_format);
    }
}

} // namespace kvscope
