// CapacityView: how many users a GPU's memory holds, for known models.
#pragma once

#include "core/llm/modelcatalogue.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;
class QTableWidget;

namespace kvscope {

/// Users as bars, each step by what it adds to the one before.
class CapacityLadder : public QWidget
{
    Q_OBJECT

  public:
    struct Step
    {
        QString name;
        double users;
    };
    explicit CapacityLadder(QWidget *parent = nullptr);
    void setSteps(std::vector<Step> steps);
    const std::vector<Step> &steps() const { return m_steps; }
    QSize sizeHint() const override { return {400, int(m_steps.size()) * 44 + 8}; }

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    std::vector<Step> m_steps;
};

class CapacityView : public QWidget
{
    Q_OBJECT

  public:
    explicit CapacityView(QWidget *parent = nullptr);

    QByteArray toCsv() const;
    const CapacityLadder &ladder() const { return *m_ladder; }

  private:
    QWidget *buildTable();
    QWidget *buildForm();
    QSpinBox *number(const char *objectName, const QString &name, int most, int value, int step);
    llm::Keeping keeping() const;
    void compute();

    QTableWidget *m_models;
    QComboBox *m_gpu;
    QSpinBox *m_gpus;
    QComboBox *m_weights;
    QComboBox *m_format;
    QSpinBox *m_context;
    QSpinBox *m_longest;
    QSpinBox *m_shared;
    QLabel *m_users;
    QLabel *m_figures;
    QLabel *m_source;
    CapacityLadder *m_ladder;
};

} // namespace kvscope
