// LabPage, the Export menu: every figure as a picture, as a table, and a run as JSON.
#include "widgets/base/dialogs.h"
#include "widgets/base/errorbar.h"
#include "widgets/lab/blockmap.h"
#include "widgets/lab/capacityview.h"
#include "widgets/lab/decodeview.h"
#include "widgets/lab/divergencecurve.h"
#include "widgets/lab/experimentmodel.h"
#include "widgets/lab/experimentview.h"
#include "widgets/lab/heatmap.h"
#include "widgets/lab/labchart.h"
#include "widgets/lab/labexport.h"
#include "widgets/lab/labpage.h"
#include "widgets/lab/replayview.h"

#include <QFile>
#include <QMenu>
#include <QPushButton>
#include <QThreadPool>

#include <algorithm>

namespace kvscope {

void LabPage::addExport(QMenu &menu, const char *name, const QString &text, Figure figure,
                        void (LabPage::*ask)(Figure, const QString &), const QString &file)
{
    QAction *action = menu.addAction(text);
    action->setObjectName(QString::fromLatin1(name));
    connect(action, &QAction::triggered, this,
            [this, ask, figure, file] { (this->*ask)(figure, file); });
}

void LabPage::buildExport()
{
    auto *menu = new QMenu(m_export);
    menu->setLayoutDirection(Qt::LeftToRight);
    QMenu &pictures = *menu->addMenu(tr("Pictures (PNG)"));
    const auto picture = [&](const char *name, const QString &text, Figure figure,
                             const char *file) {
        addExport(pictures, name, text, figure, &LabPage::askPicture, QString::fromLatin1(file));
    };
    picture("exportPage", tr("The page…"), Figure::Page, "lab.png");
    picture("exportTokensPicture", tr("Tokens…"), Figure::Tokens, "tokens.png");
    picture("exportDivergencePicture", tr("KL by token…"), Figure::Divergence, "kl.png");
    picture("exportHeatPicture", tr("Heat map…"), Figure::Heat, "heat.png");
    picture("exportSpeedPicture", tr("Tokens per second…"), Figure::Speed, "speed.png");
    picture("exportMemoryPicture", tr("Memory…"), Figure::Memory, "memory.png");
    picture("exportBlocksPicture", tr("Blocks…"), Figure::Blocks, "blocks.png");
    QMenu &tables = *menu->addMenu(tr("Tables (CSV)"));
    const auto table = [&](const char *name, const QString &text, Figure figure, const char *file) {
        addExport(tables, name, text, figure, &LabPage::askTable, QString::fromLatin1(file));
    };
    table("exportTokens", tr("Tokens, with KL…"), Figure::Tokens, "tokens.csv");
    table("exportHeat", tr("Heat map…"), Figure::Heat, "heat.csv");
    table("exportSpeed", tr("Tokens per second…"), Figure::Speed, "speed.csv");
    table("exportMemory", tr("Memory…"), Figure::Memory, "memory.csv");
    table("exportBlocks", tr("Blocks…"), Figure::Blocks, "blocks.csv");
    table("exportExperiments", tr("Experiments…"), Figure::Experiments, "experiments.csv");
    table("exportReplay", tr("Serving trace…"), Figure::Replay, "prefix-replay.csv");
    table("exportCapacity", tr("Capacity…"), Figure::Capacity, "capacity.csv");
    addExport(*menu, "exportRun", tr("This generation (JSON)…"), Figure::Run, &LabPage::askRun,
              QStringLiteral("generation.json"));
    connect(menu, &QMenu::aboutToShow, this, &LabPage::showExports);
    m_export->setMenu(menu);
}

void LabPage::showExports()
{
    const LabSnapshot &snapshot = *m_lab.snapshot();
    const bool hasRows =
        std::ranges::any_of(m_experiments->model().rows(), &ExperimentRow::isMeasured);
    for (QAction *action : m_export->menu()->findChildren<QAction *>()) {
        const QString name = action->objectName();
        if (!name.startsWith(QLatin1String("export"))) continue;
        if (name == QLatin1String("exportExperiments"))
            action->setVisible(hasRows);
        else if (name == QLatin1String("exportReplay"))
            action->setVisible(m_replay->hasCells());
        else if (name == QLatin1String("exportDivergencePicture"))
            action->setVisible(snapshot.hasOther && !snapshot.tokens.empty());
        else if (name != QLatin1String("exportPage") && name != QLatin1String("exportCapacity"))
            action->setVisible(!snapshot.tokens.empty());
    }
}

QWidget *LabPage::widgetOf(Figure figure)
{
    switch (figure) {
    case Figure::Tokens:
        return &m_decode->texts();
    case Figure::Divergence:
        return &m_decode->divergence();
    case Figure::Heat:
        return &m_decode->heatMap();
    case Figure::Speed:
        return &m_decode->speedChart();
    case Figure::Memory:
        return &m_decode->memoryChart();
    case Figure::Blocks:
        return &m_decode->blocks();
    case Figure::Experiments:
        return m_experiments;
    case Figure::Replay:
        return m_replay;
    case Figure::Capacity:
        return m_capacity;
    case Figure::Page:
    case Figure::Run:
        break;
    }
    return this;
}

void LabPage::askPicture(Figure figure, const QString &suggested)
{
    askSaveFile(this, tr("Save a picture"), suggested, tr("Pictures (*.png)"),
                [this, figure](const QString &path) { savePicture(figure, path); });
}

void LabPage::askTable(Figure figure, const QString &suggested)
{
    askSaveFile(this, tr("Save a table"), suggested, tr("Tables (*.csv)"),
                [this, figure](const QString &path) { saveTable(figure, path); });
}

void LabPage::askRun(Figure figure, const QString &suggested)
{
    askSaveFile(this, tr("Save the generation"), suggested, tr("JSON (*.json)"),
                [this, figure](const QString &path) { saveTable(figure, path); });
}

void LabPage::report(const QString &path, const QString &problem)
{
    if (!problem.isEmpty())
        return m_errors->showError(Error(ErrorCode::FileUnwritable, {path, problem}));
    m_errors->showNotice(tr("Saved %1.").arg(path));
    emit exported(path);
}

void LabPage::savePicture(Figure figure, const QString &path)
{
    // Only the grab needs this thread; packing a megapixel takes longer than a frame.
    const QImage picture = widgetOf(figure)->grab().toImage();
    const auto done =
        m_lifetime.guard([this, path](const QString &problem) { report(path, problem); });
    QThreadPool::globalInstance()->start([picture, path, done, problem = tr("not written")] {
        done(picture.save(path, "PNG") ? QString() : problem);
    });
}

QByteArray LabPage::tableOf(Figure figure) const
{
    switch (figure) {
    case Figure::Speed:
        return m_decode->speedChart().toCsv();
    case Figure::Memory:
        return m_decode->memoryChart().toCsv();
    case Figure::Experiments:
        return m_experiments->model().toCsv();
    case Figure::Replay:
        return m_replay->toCsv();
    case Figure::Capacity:
        return m_capacity->toCsv();
    case Figure::Page:
    case Figure::Tokens:
    case Figure::Divergence:
    case Figure::Heat:
    case Figure::Blocks:
    case Figure::Run:
        break;
    }
    return {};
}

void LabPage::saveTable(Figure figure, const QString &path)
{
    const QByteArray table = tableOf(figure);
    const auto done =
        m_lifetime.guard([this, path](const QString &problem) { report(path, problem); });
    QThreadPool::globalInstance()->start([figure, table, snapshot = m_lab.snapshot(), path, done] {
        const QByteArray bytes = figure == Figure::Heat     ? heatCsv(*snapshot)
                                 : figure == Figure::Tokens ? tokensCsv(*snapshot)
                                 : figure == Figure::Blocks ? blocksCsv(*snapshot)
                                 : figure == Figure::Run    ? runJson(*snapshot)
                                                            : table;
        QFile file(path);
        const bool written = file.open(QIODevice::WriteOnly | QIODevice::Truncate) &&
                             file.write(bytes) == bytes.size() && file.flush();
        done(written ? QString() : file.errorString());
    });
}

} // namespace kvscope
