// Icons: an icon engine that draws a stroke file in the colour its state asks for.
#include "widgets/base/icons.h"

#include "widgets/base/theme.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace kvscope {
namespace {

constexpr double kBox = 20;     // the files' view box
constexpr double kStroke = 1.6; // px on the screen, whatever the icon's size

QByteArray strokeFile(const QString &name)
{
    static QHash<QString, QByteArray> files;
    const auto found = files.constFind(name);
    if (found != files.cend()) return *found;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) qWarning("no icon named %s", qUtf8Printable(name));
    return *files.insert(name, file.readAll());
}

/// Renders lazily, by size and colour; the colour is the theme's at the time of painting.
class StrokeEngine final : public QIconEngine
{
  public:
    explicit StrokeEngine(QString name) : m_name(std::move(name)) {}

    QIconEngine *clone() const override { return new StrokeEngine(m_name); }
    QString key() const override { return QStringLiteral("kvscope-stroke"); }
    QString iconName() override { return m_name; }
    bool isNull() override { return m_name.isEmpty(); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double scale = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * scale, mode, state, scale));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override
    {
        const QColor color = colorFor(mode, state);
        const QString cacheKey = QStringLiteral("stroke/%1/%2x%3/%4/%5")
                                     .arg(m_name)
                                     .arg(size.width())
                                     .arg(size.height())
                                     .arg(scale)
                                     .arg(color.rgba(), 0, 16);
        QPixmap result;
        if (QPixmapCache::find(cacheKey, &result)) return result;
        QByteArray drawing = strokeFile(m_name);
        const double width = kStroke * kBox * scale / std::max(size.width(), 1);
        drawing.replace("#000", color.name().toLatin1());
        drawing.replace("stroke-width=\"1.6\"",
                        "stroke-width=\"" + QByteArray::number(width) + '"');
        QSvgRenderer renderer(drawing);
        result = QPixmap(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        renderer.render(&painter, QRectF(QPointF(), QSizeF(size)));
        painter.end();
        result.setDevicePixelRatio(scale);
        QPixmapCache::insert(cacheKey, result);
        return result;
    }

  private:
    static QColor colorFor(QIcon::Mode mode, QIcon::State state)
    {
        if (mode == QIcon::Disabled) return theme().faint;
        return state == QIcon::On ? theme().accent : theme().text;
    }

    QString m_name;
};

} // namespace

QIcon strokeIcon(const QString &name)
{
    return QIcon(new StrokeEngine(name));
}

} // namespace kvscope
