// DifferenceTable: how its rows are drawn, and what mouse and keys do there.
#include "widgets/base/icons.h"
#include "widgets/base/theme.h"
#include "widgets/base/tokens.h"
#include "widgets/jobs/differencetable.h"
#include "widgets/jobs/jobpaint.h"
#include "widgets/jobs/jobwords.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

#include <algorithm>

namespace kvscope {
namespace {

constexpr int kIcon = 14;
constexpr int kGap = 6;

} // namespace

class DifferenceTable::Delegate final : public QStyledItemDelegate
{
  public:
    explicit Delegate(DifferenceTable *table)
        : QStyledItemDelegate(table), m_table(table), m_open(strokeIcon(QStringLiteral("browse")))
    {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const DifferenceModel &model = *m_table->m_model;
        const Difference *one = model.difference(index);
        if (!one) return;
        const ThemeTokens &t = theme();
        jobpaint::background(*painter, option);
        switch (index.column()) {
        case DifferenceModel::Key:
            return jobpaint::text(*painter, option.rect, index.data().toString(), monoFont(),
                                  t.text);
        case DifferenceModel::Class:
            jobpaint::pill(*painter, option.rect, className(one->what), classColor(one->what));
            return;
        case DifferenceModel::Cache:
            if (!one->cache.there) break;
            return jobpaint::marked(*painter, option.rect, model.lines(index).cache,
                                    model.lines(index).cacheChanged, mixed(t.panel, t.bad, 0.24));
        case DifferenceModel::Source:
            if (!one->source.there) break;
            return jobpaint::marked(*painter, option.rect, model.lines(index).source,
                                    model.lines(index).sourceChanged, mixed(t.panel, t.good, 0.24));
        case DifferenceModel::Age:
            return jobpaint::text(*painter, option.rect, index.data().toString(), uiFont(), t.text,
                                  Qt::AlignRight | Qt::AlignVCenter);
        default:
            return paintActions(*painter, option, index);
        }
        jobpaint::text(*painter, option.rect, index.data().toString(), uiFont(12), t.muted);
    }

  private:
    jobpaint::ButtonLook lookOf(const QModelIndex &index, Deed deed) const
    {
        const bool hovered = m_table->m_hovered == index.row() && m_table->m_hoveredDeed == deed;
        return hovered ? jobpaint::ButtonLook::Hovered : jobpaint::ButtonLook::Normal;
    }

    void paintActions(QPainter &painter, const QStyleOptionViewItem &option,
                      const QModelIndex &index) const
    {
        if (const QRect rect = m_table->buttonRect(index, Deed::Open); !rect.isNull()) {
            jobpaint::button(painter, rect, {}, lookOf(index, Deed::Open));
            QRect icon(0, 0, kIcon, kIcon);
            icon.moveCenter(rect.center());
            m_open.paint(&painter, icon);
        }
        if (m_table->m_model->isRepaired(index))
            return jobpaint::text(painter, option.rect, tr("repaired"), uiFont(12), theme().good,
                                  Qt::AlignRight | Qt::AlignVCenter);
        const QRect rect = m_table->buttonRect(index, Deed::Repair);
        if (rect.isNull()) return;
        jobpaint::button(painter, rect, DifferenceTable::tr("Repair"),
                         m_table->m_obstacle.isEmpty() ? lookOf(index, Deed::Repair)
                                                       : jobpaint::ButtonLook::Disabled);
    }

    const DifferenceTable *m_table;
    QIcon m_open;
};

void DifferenceTable::buildTable()
{
    m_table->setObjectName(QStringLiteral("differenceTable"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new Delegate(this));
    jobpaint::dress(m_table);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionsClickable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setSortIndicatorClearable(true); // a third click: as they were found
    m_table->setSortingEnabled(true);
    m_table->viewport()->installEventFilter(this);
    m_table->installEventFilter(this);
    connect(m_table, &QTableView::customContextMenuRequested, this, &DifferenceTable::showMenu);
    connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        if (index.column() != DifferenceModel::Action) openKey(index);
    });
}

QRect DifferenceTable::buttonRect(const QModelIndex &index, Deed deed) const
{
    const Difference *one = m_model->difference(index);
    if (m_isPreview || !one) return {};
    const bool possible = deed == Deed::Open ? one->cache.there : m_model->mayRepair(index);
    if (!possible) return {};
    const QRect cell = m_table->visualRect(m_model->index(index.row(), DifferenceModel::Action));
    const QSize size = jobpaint::buttonSize(tr("Repair"));
    const int top = cell.center().y() - size.height() / 2;
    const int left = cell.right() - size.width() - 11;
    if (deed == Deed::Repair) return {left, top, size.width(), size.height()};
    return {left - kGap - size.height(), top, size.height(), size.height()};
}

DifferenceTable::Deed DifferenceTable::deedAt(const QPoint &at) const
{
    const QModelIndex index = m_table->indexAt(at);
    for (const Deed deed : {Deed::Open, Deed::Repair})
        if (buttonRect(index, deed).contains(at)) return deed;
    return Deed::None;
}

bool DifferenceTable::takeKey(const QKeyEvent &key)
{
    if (key.matches(QKeySequence::Copy)) {
        copySelected(Copy::Keys);
        return true;
    }
    if (key.key() != Qt::Key_Return && key.key() != Qt::Key_Enter) return false;
    if (key.modifiers() & Qt::ControlModifier)
        openKey(m_table->currentIndex());
    else
        askRepair(selected(DifferenceModel::Which::Repairable));
    return true;
}

bool DifferenceTable::takeMouse(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Resize:
        m_empty->setGeometry(m_table->viewport()->geometry());
        fitColumns();
        return false;
    case QEvent::ToolTip: {
        const auto *help = static_cast<QHelpEvent *>(event);
        const Deed deed = deedAt(help->pos());
        if (deed == Deed::None) return false;
        QToolTip::showText(help->globalPos(),
                           deed == Deed::Open      ? tr("Open the key in Browse (Ctrl+Enter)")
                           : !m_obstacle.isEmpty() ? m_obstacle
                                                   : tr("Repair this entry…"),
                           m_table);
        return true;
    }
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_table->indexAt(mouse->pos());
        const Deed deed = deedAt(mouse->pos());
        if (event->type() == QEvent::MouseButtonPress && deed != Deed::None &&
            mouse->button() == Qt::LeftButton) {
            const int row = index.row();
            if (deed == Deed::Open)
                openKey(index);
            else
                askRepair(m_model->chosen(
                    {m_model->index(row, 0), m_model->index(row, DifferenceModel::Action)},
                    DifferenceModel::Which::Repairable));
            return true;
        }
        const int hovered = deed == Deed::None ? -1 : index.row();
        const bool same = m_hovered == hovered && m_hoveredDeed == deed;
        m_hovered = hovered;
        m_hoveredDeed = deed;
        if (!same) m_table->viewport()->update();
        return false;
    }
    default:
        return false;
    }
}

void DifferenceTable::fitColumns()
{
    const int width = m_table->viewport()->width();
    if (width <= 0) return;
    QHeaderView *header = m_table->horizontalHeader();
    int key = 120;
    const QFontMetrics metrics(monoFont());
    for (int row = 0; row < std::min(m_model->rowCount(), 40); ++row)
        key = std::max(key, metrics.horizontalAdvance(
                                m_model->index(row, DifferenceModel::Key).data().toString()) +
                                2 * jobpaint::kCellMargin);
    const QSize button = jobpaint::buttonSize(tr("Repair"));
    const int action = m_isPreview ? 0 : button.width() + kGap + button.height() + 24;
    const int age = m_isPreview ? 0 : 76;
    const int kind = 110;
    key = std::min(key, width / 4);
    const int rest = std::max(width - key - kind - age - action, 160);
    header->resizeSection(DifferenceModel::Key, key);
    header->resizeSection(DifferenceModel::Class, kind);
    header->resizeSection(DifferenceModel::Cache, rest / 2);
    header->resizeSection(DifferenceModel::Source, rest - rest / 2);
    header->resizeSection(DifferenceModel::Age, age);
    header->resizeSection(DifferenceModel::Action, action);
}

} // namespace kvscope
