// CellPanel: texts, bars, buttons.
#include "widgets/lab/cellpanel.h"

#include "widgets/base/theme.h"
#include "widgets/lab/labwords.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <cmath>

namespace kvscope {
namespace {

QString percent(float share)
{
    return QStringLiteral("%1 %").arg(static_cast<double>(share) * 100, 0, 'f', 1);
}

} // namespace

VectorBars::VectorBars(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void VectorBars::setVectors(std::vector<float> stored, std::vector<float> exact)
{
    m_stored = std::move(stored);
    m_exact = std::move(exact);
    update();
}

void VectorBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeTokens &t = theme();
    const double middle = height() / 2.0;
    painter.setPen(t.line);
    painter.drawLine(QPointF(0, middle), QPointF(width(), middle));
    if (m_stored.empty()) return;
    float most = 0;
    for (const std::vector<float> *vector : {&m_stored, &m_exact})
        for (const float x : *vector) most = std::max(most, std::abs(x));
    if (most <= 0) return;
    const double scale = (middle - 2) / static_cast<double>(most);
    const double step = width() / static_cast<double>(m_stored.size());
    for (std::size_t i = 0; i < m_stored.size(); ++i) {
        const double x = static_cast<double>(i) * step;
        const double stored = static_cast<double>(m_stored[i]) * scale;
        painter.fillRect(QRectF(x, middle, std::max(1.0, step - 1), -stored), t.accent);
        if (i >= m_exact.size()) continue;
        const double exact = static_cast<double>(m_exact[i]) * scale;
        painter.fillRect(QRectF(x, middle - exact - 0.5, std::max(1.0, step - 1), 1.5), t.text);
    }
}

CellPanel::CellPanel(QWidget *parent)
    : SideSection(QStringLiteral("cellPanel"), tr("Cell"), parent), m_where(new QLabel(this)),
      m_keyText(new QLabel(this)), m_key(new VectorBars(this)), m_valueText(new QLabel(this)),
      m_value(new VectorBars(this)), m_lookers(new QLabel(this)), m_heads(new QLabel(this)),
      m_pin(new QPushButton(this)), m_evict(new QPushButton(tr("Evict"), this))
{
    m_where->setObjectName(QStringLiteral("cellWhere"));
    m_keyText->setObjectName(QStringLiteral("cellKeyText"));
    m_key->setObjectName(QStringLiteral("cellKey"));
    m_valueText->setObjectName(QStringLiteral("cellValueText"));
    m_value->setObjectName(QStringLiteral("cellValue"));
    m_lookers->setObjectName(QStringLiteral("cellLookers"));
    m_heads->setObjectName(QStringLiteral("cellHeads"));
    m_pin->setObjectName(QStringLiteral("pinCell"));
    m_evict->setObjectName(QStringLiteral("evictCell"));
    for (QLabel *label : {m_where, m_keyText, m_valueText, m_lookers, m_heads}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        setLook(label, "small");
    }
    m_pin->setToolTip(tr("No policy evicts a pinned cell (P in the map)"));
    m_evict->setToolTip(tr("Takes the token out of the cache, in all layers and heads (Del in the "
                           "map); decoding goes on without it"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_where, m_keyText, m_key, m_valueText,
                                                            m_value, m_lookers, m_heads})
        body()->addWidget(widget);
    auto *row = new QHBoxLayout;
    row->addWidget(m_pin);
    row->addWidget(m_evict);
    row->addStretch(1);
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("closeCell"));
    setLook(close, "quiet");
    row->addWidget(close);
    body()->addLayout(row);
    connect(m_pin, &QPushButton::clicked, this, [this] { emit pinToggled(m_index); });
    connect(m_evict, &QPushButton::clicked, this, [this] { emit evictRequested(m_index); });
    connect(close, &QPushButton::clicked, this, &CellPanel::closed);
    hide();
}

QString CellPanel::lookersText(const LabSnapshot &snapshot, const LabCell &cell) const
{
    QStringList parts;
    for (const LabCell::Look &look : cell.lookers) {
        const auto at = static_cast<std::size_t>(look.index);
        if (at >= snapshot.tokens.size()) continue;
        parts += QStringLiteral("“%1” %2").arg(tokenText(snapshot.tokens[at].text),
                                               percent(look.weight));
    }
    return parts.isEmpty() ? tr("No later token has looked at it yet.")
                           : tr("Who attends to it most: %1").arg(parts.join(QStringLiteral(", ")));
}

QString CellPanel::headsText(const LabSnapshot &snapshot, const LabCell &cell) const
{
    std::vector<std::pair<float, std::size_t>> heads;
    for (std::size_t i = 0; i < cell.nowByHead.size(); ++i)
        heads.emplace_back(cell.nowByHead[i], i);
    std::ranges::sort(heads, std::greater<>());
    QStringList parts;
    const std::size_t perLayer = snapshot.model->shape().heads;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, heads.size()); ++i)
        parts += tr("layer %1 head %2 %3")
                     .arg(heads[i].second / perLayer)
                     .arg(heads[i].second % perLayer)
                     .arg(percent(heads[i].first));
    return parts.isEmpty()
               ? QString()
               : tr("The newest token looks at it by: %1").arg(parts.join(QStringLiteral(", ")));
}

void CellPanel::setSnapshot(const LabSnapshot &snapshot)
{
    setVisible(snapshot.cell.has_value());
    if (!snapshot.cell) return;
    const LabCell &cell = *snapshot.cell;
    m_index = cell.index;
    const std::size_t kvHeads = snapshot.model->shape().kvHeads;
    setTitle(tr("Cell “%1”").arg(tokenText(cell.text)));
    setNote(tr("layer %1 · kv head %2").arg(cell.row / kvHeads).arg(cell.row % kvHeads));
    QString where = tr("Token %1").arg(cell.index);
    if (!cell.isLive)
        where = tr("Token %1 · evicted").arg(cell.index);
    else if (cell.position != cell.index)
        where = tr("Token %1, now at position %2").arg(cell.index).arg(cell.position);
    if (cell.isHeld) where += QStringLiteral(" · ") + tr("pinned");
    m_where->setText(where);
    const auto text = [](const QString &name, float error) {
        return std::isnan(error) ? tr("%1 as attention reads it").arg(name)
                                 : tr("%1 · quantisation error %2").arg(name, percent(error));
    };
    m_keyText->setText(text(tr("Key"), cell.keyError));
    m_valueText->setText(text(tr("Value"), cell.valueError));
    m_key->setVectors(cell.key, cell.exactKey);
    m_value->setVectors(cell.value, cell.exactValue);
    m_lookers->setText(lookersText(snapshot, cell));
    m_heads->setText(headsText(snapshot, cell));
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_keyText, m_key, m_valueText, m_value, m_heads})
        widget->setVisible(cell.isLive);
    m_pin->setText(cell.isHeld ? tr("Unpin") : tr("Pin"));
    m_pin->setVisible(cell.isLive);
    m_evict->setVisible(cell.isLive);
}

} // namespace kvscope
