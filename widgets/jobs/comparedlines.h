// ComparedLines: two values on one line each, and where they differ.
#pragma once

#include "core/jobs/difference.h"

#include <QString>

#include <vector>

namespace kvscope {

/// Two values on one line each, cut so that what differs is in sight, with the stretches that do.
struct ComparedLines
{
    struct Range
    {
        int begin = 0;
        int length = 0;
    };
    QString cache;
    QString source;
    std::vector<Range> cacheChanged;
    std::vector<Range> sourceChanged;
};

/// Requires nothing of the values; long ones are cut to about `most` characters.
ComparedLines compareLines(const ShownValue &cache, const ShownValue &source, int most);

} // namespace kvscope
