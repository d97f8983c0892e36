// RunTable: view, delegate, deeds by mouse and keys.
#include "widgets/jobs/runtable.h"

#include "widgets/base/theme.h"
#include "widgets/jobs/jobpaint.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>
#include <QVBoxLayout>

namespace kvscope {
namespace {

constexpr int kButtonGap = 6;

} // namespace

class RunTable::Delegate final : public QStyledItemDelegate
{
  public:
    explicit Delegate(RunTable *table) : QStyledItemDelegate(table), m_table(table) {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const RunRecord *record = m_table->m_model->run(index);
        if (!record) return;
        const ThemeTokens &t = theme();
        jobpaint::background(*painter, option);
        if (index.column() == RunModel::Action) {
            for (const Button &button : m_table->buttons(index)) {
                const auto look = !m_table->isAllowed(button.deed) ? jobpaint::ButtonLook::Disabled
                                  : m_table->m_hovered == button.rect
                                      ? jobpaint::ButtonLook::Hovered
                                      : jobpaint::ButtonLook::Normal;
                jobpaint::button(*painter, button.rect, deedName(button.deed), look);
            }
            return;
        }
        QColor color = t.text;
        if (index.column() == RunModel::Result) {
            if (record->state == RunRecord::State::Failed) color = t.bad;
            if (record->state == RunRecord::State::Cancelled ||
                record->state == RunRecord::State::Interrupted)
                color = t.warning;
        }
        const auto alignment = index.data(Qt::TextAlignmentRole);
        jobpaint::text(*painter, option.rect, index.data().toString(), uiFont(), color,
                       alignment.isValid() ? alignment.value<Qt::Alignment>()
                                           : Qt::AlignLeft | Qt::AlignVCenter);
    }

  private:
    const RunTable *m_table;
};

RunTable::RunTable(QWidget *parent)
    : QFrame(parent), m_model(new RunModel(this)), m_table(new QTableView(this)),
      m_title(new QLabel(this)), m_empty(new QLabel(m_table))
{
    setObjectName(QStringLiteral("runs"));
    setLook(this, "panel");
    setLook(m_title, "title");
    m_title->setContentsMargins(12, 8, 12, 8);
    m_empty->setObjectName(QStringLiteral("runsEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    setLook(m_empty, "muted");
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_table, 1);
    m_table->setObjectName(QStringLiteral("runTable"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new Delegate(this));
    jobpaint::dress(m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->viewport()->installEventFilter(this);
    m_table->installEventFilter(this);
    connect(m_table, &QTableView::customContextMenuRequested, this, &RunTable::showMenu);
    connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        if (index.column() != RunModel::Action) request(RunModel::Deed::Report, index);
    });
    // A run's figures grow while it goes on.
    connect(m_model, &QAbstractItemModel::dataChanged, this, &RunTable::fitColumns);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_empty->setVisible(m_model->count() == 0);
        fitColumns();
    });
    retranslate();
}

void RunTable::setWriteObstacle(const QString &reason)
{
    m_obstacle = reason;
    m_table->viewport()->update();
}

bool RunTable::isAllowed(RunModel::Deed deed) const
{
    return deed == RunModel::Deed::Report || m_obstacle.isEmpty();
}

void RunTable::request(RunModel::Deed deed, const QModelIndex &index)
{
    const RunRecord *record = m_model->run(index);
    if (record && isAllowed(deed)) emit deedRequested(deed, record->id);
}

std::vector<RunTable::Button> RunTable::buttons(const QModelIndex &index) const
{
    std::vector<Button> found;
    const QRect cell = m_table->visualRect(m_model->index(index.row(), RunModel::Action));
    int left = cell.left() + kButtonGap;
    for (const RunModel::Deed deed : m_model->deeds(index)) {
        const QSize size = jobpaint::buttonSize(deedName(deed));
        found.push_back({deed, QRect(QPoint(left, cell.center().y() - size.height() / 2), size)});
        left += size.width() + kButtonGap;
    }
    return found;
}

void RunTable::showMenu(const QPoint &at)
{
    const QModelIndex index = m_table->indexAt(at);
    const auto deeds = m_model->deeds(index);
    if (deeds.empty()) return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("runMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const RunModel::Deed deed : deeds) {
        QAction *action =
            menu->addAction(deedName(deed), this, [this, deed, index] { request(deed, index); });
        action->setEnabled(isAllowed(deed));
    }
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

bool RunTable::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const auto deeds = m_model->deeds(m_table->currentIndex());
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && !deeds.empty()) {
            request(deeds.front(), m_table->currentIndex());
            return true;
        }
    }
    if (watched != m_table->viewport()) return QFrame::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::Resize:
        m_empty->setGeometry(m_table->viewport()->geometry());
        fitColumns();
        break;
    case QEvent::ToolTip:
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress: {
        const QPoint at = event->type() == QEvent::ToolTip
                              ? static_cast<QHelpEvent *>(event)->pos()
                              : static_cast<QMouseEvent *>(event)->pos();
        const QModelIndex index = m_table->indexAt(at);
        QRect hovered;
        for (const Button &button : buttons(index)) {
            if (!button.rect.contains(at)) continue;
            hovered = button.rect;
            if (event->type() == QEvent::ToolTip && !isAllowed(button.deed)) {
                QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), m_obstacle,
                                   m_table);
                return true;
            }
            if (event->type() != QEvent::MouseButtonPress) continue;
            if (static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton)
                request(button.deed, index);
            return true;
        }
        if (std::exchange(m_hovered, hovered) != hovered) m_table->viewport()->update();
        break;
    }
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

// As wide as the most buttons that a row has.
int RunTable::actionWidth() const
{
    const auto widthOf = [](RunModel::Deed deed) {
        return jobpaint::buttonSize(deedName(deed)).width() + kButtonGap;
    };
    int most = widthOf(RunModel::Deed::Report) + widthOf(RunModel::Deed::Undo);
    for (int row = 0; row < std::min(m_model->count(), 40); ++row) {
        int needs = 0;
        for (const RunModel::Deed deed : m_model->deeds(m_model->index(row, RunModel::Action)))
            needs += widthOf(deed);
        most = std::max(most, needs);
    }
    return most + 2 * kButtonGap;
}

void RunTable::fitColumns()
{
    const int width = m_table->viewport()->width();
    if (width <= 0) return;
    QHeaderView *header = m_table->horizontalHeader();
    const bool narrow = width < 800;
    const int action = actionWidth();
    // Where it is narrow the result needs the room: the others take what their texts need.
    const auto needed = [this](int column, int least, int most) {
        const QFontMetrics metrics(uiFont());
        int needs = least;
        for (int row = 0; row < std::min(m_model->count(), 40); ++row)
            needs = std::max(
                needs, metrics.horizontalAdvance(m_model->index(row, column).data().toString()) +
                           2 * jobpaint::kCellMargin);
        return std::min(needs, most);
    };
    const int sizes[] = {narrow ? needed(RunModel::Started, 80, 132) : 132,
                         narrow ? needed(RunModel::Job, 80, 116) : needed(RunModel::Job, 150, 220),
                         narrow ? needed(RunModel::Name, 72, 96) : 130,
                         narrow ? needed(RunModel::Rows, 64, 92) : 92,
                         narrow ? needed(RunModel::Rate, 64, 92) : 92};
    int left = width - action;
    for (int i = 0; i < 5; ++i) {
        header->resizeSection(i, sizes[i]);
        left -= sizes[i];
    }
    header->resizeSection(RunModel::Result, std::max(left, 120));
    header->resizeSection(RunModel::Action, action);
}

void RunTable::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void RunTable::retranslate()
{
    m_title->setText(tr("Runs"));
    m_table->setAccessibleName(tr("Runs"));
    m_empty->setText(tr("No job has run on this store yet. Check compares without changing "
                        "anything; it is the best first one."));
    emit m_model->headerDataChanged(Qt::Horizontal, 0, RunModel::kColumns - 1);
    fitColumns();
}

} // namespace kvscope
