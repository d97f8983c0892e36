// ClassCards: how many entries are of which class, and how right the cache is.
#pragma once

#include "core/jobs/jobstate.h"

#include <QFrame>

class QGridLayout;

namespace kvscope {

/// One card: a large figure and what it counts. Clicked, it filters.
class ClassCard : public QWidget
{
    Q_OBJECT

  public:
    ClassCard(const QString &objectName, QWidget *parent);

    void set(const QString &figure, const QString &caption, const QColor &color);
    void setFilter(bool possible, bool on);
    QString figure() const { return m_figure; }
    QString caption() const { return m_caption; }
    QSize sizeHint() const override { return {120, 72}; }
    QSize minimumSizeHint() const override { return {80, 66}; }

  signals:
    void clicked();

  protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

  private:
    QString m_figure;
    QString m_caption;
    QColor m_color;
    bool m_possible = false;
    bool m_on = false;
};

/// Agree, stale, missing, orphan, corrupt, everything else that was met, and nines. UI thread.
class ClassCards : public QWidget
{
    Q_OBJECT

  public:
    explicit ClassCards(QWidget *parent = nullptr);

    /// What a check has found so far or in the end. `recheckSeconds`: all delays of its schedule;
    /// nothing where it noted none.
    void show(const ClassCounts &counts, const FoundDifferences *found, const QJsonObject &result,
              std::optional<double> recheckSeconds);
    /// Nothing has been checked: dashes.
    void clear();
    void setFilter(std::optional<EntryClass> only);

  signals:
    void filterChosen(std::optional<kvscope::EntryClass> only);

  protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    void arrange();
    void showOthers();
    void choose(EntryClass of);

    QGridLayout *m_grid;
    std::vector<std::pair<EntryClass, ClassCard *>> m_cards;
    ClassCard *m_others;
    ClassCard *m_nines;
    ClassCounts m_counts;
    std::optional<EntryClass> m_only;
    bool m_known = false;
    int m_columns = 0;
};

} // namespace kvscope
