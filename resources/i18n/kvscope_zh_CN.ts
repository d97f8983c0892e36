<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>kvscope::About</name>
    <message>
        <source>About KV Scope</source>
        <translation>关于 KV Scope</translation>
    </message>
    <message>
        <source>Shows a cache from the inside, proves whether it is right, measures how well it works, and changes it safely.</source>
        <translation>看清缓存内部，验证数据是否正确，衡量运行效果，并安全地修改。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. Built with Qt %1, QCustomPlot, QScintilla and hiredis.</source>
        <translation>自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。基于 Qt %1、QCustomPlot、QScintilla 和 hiredis 构建。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>kvscope::AdvancedFold</name>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
</context>
<context>
    <name>kvscope::AgeChart</name>
    <message>
        <source>Staleness age</source>
        <translation>陈旧时长</translation>
    </message>
    <message>
        <source>%1 and more: %2</source>
        <translation>%1 及以上：%2</translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <translation>%1 至 %2：%3</translation>
    </message>
</context>
<context>
    <name>kvscope::BenchVerb</name>
    <message>
        <source>ours</source>
        <translation>本程序</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>参照</translation>
    </message>
    <message>
        <source>met</source>
        <translation>达标</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>未达标</translation>
    </message>
    <message>
        <source>kvscope bench CASE, or list</source>
        <translation>kvscope bench CASE，或 list</translation>
    </message>
    <message>
        <source>there is no case “%1”; kvscope bench list shows them</source>
        <translation>没有名为“%1”的用例；用 kvscope bench list 查看全部用例</translation>
    </message>
</context>
<context>
    <name>kvscope::Binding</name>
    <message>
        <source>is not a member of a binding</source>
        <translation>不是绑定的成员</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>must be a text that is not empty</source>
        <translation>必须是非空文本</translation>
    </message>
    <message>
        <source>must be a list of column names</source>
        <translation>必须是列名的列表</translation>
    </message>
    <message>
        <source>names the column “%1” twice</source>
        <translation>两次写了列“%1”</translation>
    </message>
    <message>
        <source>must be a number from %1 to %2</source>
        <translation>必须是 %1 到 %2 之间的数</translation>
    </message>
    <message>
        <source>must be an object in braces</source>
        <translation>必须是花括号中的对象</translation>
    </message>
    <message>
        <source>belongs to the type “string” only</source>
        <translation>只属于类型“string”</translation>
    </message>
    <message>
        <source>belongs to “json” and “hash” only</source>
        <translation>只属于“json”和“hash”</translation>
    </message>
    <message>
        <source>must be json, string or hash</source>
        <translation>必须是 json、string 或 hash</translation>
    </message>
    <message>
        <source>must not be above “seconds”</source>
        <translation>不得大于“seconds”</translation>
    </message>
    <message>
        <source>needs “version”, the column it is taken from</source>
        <translation>需要“version”，即其来源列</translation>
    </message>
    <message>
        <source>is the name of another field of the value</source>
        <translation>是值中另一个字段的名称</translation>
    </message>
    <message>
        <source>is not JSON: line %1, column %2: %3</source>
        <translation>不是 JSON：第 %1 行第 %2 列：%3</translation>
    </message>
    <message>
        <source>must be an object in braces, or a list of such objects</source>
        <translation>必须是花括号中的对象，或此类对象的列表</translation>
    </message>
    <message>
        <source>is that of another one in this file</source>
        <translation>与此文件中另一个绑定的相同</translation>
    </message>
    <message>
        <source>holds several bindings; write FILE#NAME with one of: %1</source>
        <translation>包含多个绑定；请写 文件#名称，名称为以下之一：%1</translation>
    </message>
    <message>
        <source>is none of: %1</source>
        <translation>不是以下任何一个：%1</translation>
    </message>
    <message>
        <source>has a “}” without a “{”; write “}}” for a brace</source>
        <translation>有“}”而没有“{”；要表示花括号请写“}}”</translation>
    </message>
    <message>
        <source>has a “{” that is not closed</source>
        <translation>有未闭合的“{”</translation>
    </message>
    <message>
        <source>needs the name of a column between “{” and “}”</source>
        <translation>“{”与“}”之间需要列名</translation>
    </message>
    <message>
        <source>must hold at least one column, like “user:{id}”</source>
        <translation>必须至少含一列，例如“user:{id}”</translation>
    </message>
    <message>
        <source>a column of the key is NULL, so the row has no key</source>
        <translation>键的某一列为 NULL，因此该行没有键</translation>
    </message>
    <message>
        <source>the value is NULL</source>
        <translation>值为 NULL</translation>
    </message>
    <message>
        <source>the text is not UTF-8, so it can&apos;t stand in JSON</source>
        <translation>文本不是 UTF-8，因此不能写入 JSON</translation>
    </message>
    <message>
        <source>the number is infinite or not a number, so it can&apos;t stand in JSON</source>
        <translation>数值为无穷大或非数，因此不能写入 JSON</translation>
    </message>
    <message>
        <source>the version is NULL</source>
        <translation>版本为 NULL</translation>
    </message>
    <message>
        <source>the line is not JSON</source>
        <translation>该行不是 JSON</translation>
    </message>
    <message>
        <source>the line is no JSON object</source>
        <translation>该行不是 JSON 对象</translation>
    </message>
    <message>
        <source>the line has not as many fields as the header</source>
        <translation>该行的字段数与表头不同</translation>
    </message>
    <message>
        <source>a quote in the line is not closed, or text stands beside it</source>
        <translation>该行的引号未闭合，或引号旁有多余文本</translation>
    </message>
    <message>
        <source>the line is longer than 64 MB</source>
        <translation>该行超过 64 MB</translation>
    </message>
    <message>
        <source>is missing: a database&apos;s rows have no order of their own</source>
        <translation>缺失：数据库的行本身没有顺序</translation>
    </message>
    <message>
        <source>must be one query, without another one behind a semicolon</source>
        <translation>必须是单个查询，分号之后不能再有查询</translation>
    </message>
    <message>
        <source>has a parenthesis or a quote without its partner</source>
        <translation>括号或引号不成对</translation>
    </message>
    <message>
        <source>must be a URL, as in http://etcd:2379</source>
        <translation>必须是 URL，例如 http://etcd:2379</translation>
    </message>
</context>
<context>
    <name>kvscope::BindingEditor</name>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>New binding</source>
        <translation>新建绑定</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message numerus="yes">
        <source>Connected: %n tables</source>
        <translation>
            <numerusform>已连接：%n 个表</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Writes the binding&apos;s file (Ctrl+S)</source>
        <translation>写入绑定文件 (Ctrl+S)</translation>
    </message>
    <message>
        <source>The binding&apos;s file</source>
        <translation>绑定文件</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Once the binding is complete, its first rows are shown here with the entries they would become and what the store holds for them now.</source>
        <translation>绑定完整之后，这里会显示最前面的行、它们将变成的条目，以及存储目前为它们保存的内容。</translation>
    </message>
    <message>
        <source>is the name of another binding here</source>
        <translation>是此处另一个绑定的名称</translation>
    </message>
    <message>
        <source>Discard the changes?</source>
        <translation>放弃更改？</translation>
    </message>
    <message>
        <source>The binding&apos;s file stays as it was.</source>
        <translation>绑定文件保持原样。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>kvscope::BindingForm</name>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Source</source>
        <translation>数据源(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Rows</source>
        <translation>行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>顺序(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>键(&amp;K)</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>&amp;Column</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Fields</source>
        <translation>字段(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Version column</source>
        <translation>版本列(&amp;V)</translation>
    </message>
    <message>
        <source>Stored version</source>
        <translation>存储的版本</translation>
    </message>
    <message>
        <source>&amp;TTL</source>
        <translation>&amp;TTL</translation>
    </message>
    <message>
        <source>Jitter, %</source>
        <translation>抖动，%</translation>
    </message>
    <message>
        <source>Least TTL</source>
        <translation>最短 TTL</translation>
    </message>
    <message>
        <source>&amp;Lookup</source>
        <translation>单键查询(&amp;L)</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Connects and lists the tables</source>
        <translation>连接并列出所有表</translation>
    </message>
    <message>
        <source>sqlite:app.db, postgresql://user@host/db, mysql://…, csv:FILE</source>
        <translation>sqlite:app.db、postgresql://user@host/db、mysql://…、csv:FILE</translation>
    </message>
    <message>
        <source>id (columns that are unique together)</source>
        <translation>id（合起来唯一的列）</translation>
    </message>
    <message>
        <source>updated_at (optional)</source>
        <translation>updated_at（可选）</translation>
    </message>
    <message>
        <source>_v (optional: also kept in the value)</source>
        <translation>_v（可选：同时保存在值中）</translation>
    </message>
    <message>
        <source>1h (empty: entries do not expire)</source>
        <translation>1h（留空：条目不过期）</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>可选</translation>
    </message>
    <message>
        <source>… WHERE id = :id (optional: single keys by index)</source>
        <translation>… WHERE id = :id（可选：按索引读取单个键）</translation>
    </message>
    <message>
        <source>Lease in &amp;etcd</source>
        <translation>etcd 租约(&amp;E)</translation>
    </message>
    <message>
        <source>http://etcd:2379 (optional: keeps two from repairing)</source>
        <translation>http://etcd:2379（可选：避免两人同时修复）</translation>
    </message>
</context>
<context>
    <name>kvscope::BindingHeader</name>
    <message>
        <source>version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>no TTL</source>
        <translation>无 TTL</translation>
    </message>
    <message>
        <source>Tells what a warm-up would write, and writes nothing</source>
        <translation>说明预热会写入什么，但不写入任何内容</translation>
    </message>
    <message>
        <source>Writes the entries that are missing or older; newer ones are never overwritten</source>
        <translation>写入缺失或较旧的条目；绝不覆盖较新的条目</translation>
    </message>
    <message>
        <source>Checks every so many minutes while the window runs</source>
        <translation>窗口运行期间每隔若干分钟检查一次</translation>
    </message>
    <message>
        <source>Compares every row with its entry; changes nothing (F9)</source>
        <translation>把每一行与其条目比较；不做任何更改 (F9)</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Keep in sync</source>
        <translation>保持同步</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>定时</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Check with options</source>
        <translation>带选项检查</translation>
    </message>
    <message>
        <source>Edit, show the file, delete</source>
        <translation>编辑、显示文件、删除</translation>
    </message>
    <message>
        <source>More for this binding</source>
        <translation>此绑定的更多操作</translation>
    </message>
    <message>
        <source>Warm up in an order…</source>
        <translation>按顺序预热…</translation>
    </message>
    <message>
        <source>Edit binding…</source>
        <translation>编辑绑定…</translation>
    </message>
    <message>
        <source>Copy the file&apos;s path</source>
        <translation>复制文件路径</translation>
    </message>
    <message>
        <source>Delete binding…</source>
        <translation>删除绑定…</translation>
    </message>
    <message>
        <source>Follows the source by its version and writes what changes…</source>
        <translation>按版本跟随数据源，写入其变化…</translation>
    </message>
    <message>
        <source>Check with repair, another schedule, a sample, or against a primary…</source>
        <translation>带修复、其他复查时间、抽样或与主节点比较的检查…</translation>
    </message>
</context>
<context>
    <name>kvscope::BindingList</name>
    <message numerus="yes">
        <source>%n valid</source>
        <translation>
            <numerusform>%n 个有效</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n can&apos;t be used</source>
        <translation>
            <numerusform>%n 个无法使用</numerusform>
        </translation>
    </message>
    <message>
        <source>Bindings</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>+ New</source>
        <translation>+ 新建</translation>
    </message>
    <message>
        <source>Tie a table to keys (Ctrl+N)</source>
        <translation>把表与键联系起来 (Ctrl+N)</translation>
    </message>
    <message>
        <source>Where the binding files lie…</source>
        <translation>绑定文件的位置…</translation>
    </message>
    <message>
        <source>Folder of the bindings</source>
        <translation>绑定所在的文件夹</translation>
    </message>
    <message>
        <source>can&apos;t be read</source>
        <translation>无法读取</translation>
    </message>
</context>
<context>
    <name>kvscope::BindingListModel</name>
    <message>
        <source>“%1” %2</source>
        <translation>“%1”%2</translation>
    </message>
    <message>
        <source>It %1</source>
        <translation>它%1</translation>
    </message>
    <message>
        <source>Enter opens %1 to mend it.</source>
        <translation>按 Enter 打开 %1 进行修正。</translation>
    </message>
    <message>
        <source>“%1” has a binding of this name, too.</source>
        <translation>“%1”中也有同名的绑定。</translation>
    </message>
    <message>
        <source>Give one of them another name.</source>
        <translation>请给其中一个另取名称。</translation>
    </message>
</context>
<context>
    <name>kvscope::BindingShelf</name>
    <message>
        <source>there is no such folder, and it can&apos;t be made</source>
        <translation>没有这个文件夹，也无法创建</translation>
    </message>
    <message>
        <source>it is not a folder</source>
        <translation>它不是文件夹</translation>
    </message>
    <message>
        <source>its permissions do not let this user read it</source>
        <translation>其权限不允许此用户读取</translation>
    </message>
</context>
<context>
    <name>kvscope::BindingView</name>
    <message>
        <source>%1 of this binding is under way</source>
        <translation>此绑定的%1正在进行</translation>
    </message>
    <message>
        <source>Needs a version column in the binding, to see what changed</source>
        <translation>绑定中需要版本列，才能看出哪些内容有变更</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>The last check ran at %1. A job&apos;s rate is drawn here while it runs.</source>
        <translation>上次检查运行于 %1。任务运行时，其速率绘制在这里。</translation>
    </message>
    <message>
        <source>Press Check: it compares every row with its entry and changes nothing. Its rate is drawn here.</source>
        <translation>按“检查”：它把每一行与其条目比较，不做任何更改。其速率绘制在这里。</translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>How old stale entries are, by the binding&apos;s version, once a check found some.</source>
        <translation>检查发现陈旧条目之后，这里按绑定的版本显示它们有多旧。</translation>
    </message>
    <message>
        <source>Nothing that is stale so far.</source>
        <translation>目前没有陈旧的条目。</translation>
    </message>
    <message>
        <source>No stale entry has an age.</source>
        <translation>没有陈旧条目带有时长。</translation>
    </message>
    <message>
        <source>No difference so far. What differs is looked at again before it is listed.</source>
        <translation>目前没有差异。有差异的内容会再看一次才列出。</translation>
    </message>
    <message>
        <source>Loading the report…</source>
        <translation>正在加载报告…</translation>
    </message>
    <message>
        <source>No differences: every entry says what its row says.</source>
        <translation>没有差异：每个条目都与其行一致。</translation>
    </message>
    <message>
        <source>Differences are listed here, each with what the cache and the source say.</source>
        <translation>差异列在这里，附有缓存与数据源各自的内容。</translation>
    </message>
</context>
<context>
    <name>kvscope::BlockCheckJob</name>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Comparing KV blocks</source>
        <translation>正在比较 KV 块</translation>
    </message>
    <message>
        <source>Looking for KV blocks</source>
        <translation>正在查找 KV 块</translation>
    </message>
    <message>
        <source>its header names another block</source>
        <translation>其头部写的是另一个块</translation>
    </message>
    <message>
        <source>it is no KV block</source>
        <translation>它不是 KV 块</translation>
    </message>
    <message>
        <source>it was changed meanwhile</source>
        <translation>它在此期间被更改</translation>
    </message>
    <message>
        <source>its checksum is wrong, %1</source>
        <translation>其校验和有误，%1</translation>
    </message>
    <message>
        <source>Deleting</source>
        <translation>正在删除</translation>
    </message>
    <message>
        <source>%1 of %2 bytes differ</source>
        <translation>%2 个字节中有 %1 个不同</translation>
    </message>
</context>
<context>
    <name>kvscope::BlockJobs</name>
    <message>
        <source>Warm…</source>
        <translation>预热…</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Blocks that are not as they should be</source>
        <translation>不符合预期的块</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A file of system prompts</source>
        <translation>系统提示词文件</translation>
    </message>
    <message>
        <source>Text (*.txt *.md *.prompts);;All (*)</source>
        <translation>文本 (*.txt *.md *.prompts);;全部 (*)</translation>
    </message>
    <message>
        <source>Warm KV blocks on a production store?</source>
        <translation>在生产存储上预热 KV 块？</translation>
    </message>
    <message>
        <source>This writes to %1, which is marked as production. What is there already is left as it is.</source>
        <translation>这会写入标记为生产的 %1。已有的内容保持不变。</translation>
    </message>
    <message>
        <source>Warm</source>
        <translation>预热</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n KV blocks?</source>
        <translation>
            <numerusform>删除 %n 个 KV 块？</numerusform>
        </translation>
    </message>
    <message>
        <source>Each is compared once more first, and kept in the journal: the run can be undone on the Jobs page. What is deleted is computed anew when it is asked for.</source>
        <translation>每个块都会先再比较一次，并保存在日志中：可以在“任务”页撤销这次运行。删除的块在被请求时会重新计算。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Compute the KV blocks of a file of system prompts (paragraphs, or a prompt a line) and keep them in %1</source>
        <translation>计算一个系统提示词文件（每段或每行一个提示词）的 KV 块，并保存在 %1 中</translation>
    </message>
    <message>
        <source>Compute every KV block of this model in %1 anew and compare bit for bit</source>
        <translation>重新计算 %1 中此模型的每个 KV 块，并逐位比较</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message numerus="yes">
        <source>Delete these %n</source>
        <translation>
            <numerusform>删除这 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>another store was opened meanwhile</source>
        <translation>其间打开了另一个存储</translation>
    </message>
</context>
<context>
    <name>kvscope::BlockMap</name>
    <message>
        <source>Blocks of the cache</source>
        <translation>缓存的块</translation>
    </message>
    <message>
        <source>%1 blocks, %2 of them shared</source>
        <translation>%1 个块，其中 %2 个共享</translation>
    </message>
    <message>
        <source>Block %1: tokens %2–%3</source>
        <translation>块 %1：词元 %2–%3</translation>
    </message>
    <message>
        <source>%1 of 16 cells live</source>
        <translation>16 个单元中 %1 个有效</translation>
    </message>
    <message>
        <source>Shared: the store or another sequence refers to it too</source>
        <translation>共享：存储或另一个序列也引用它</translation>
    </message>
    <message>
        <source>Recent: still f32, not yet quantised</source>
        <translation>最近：仍为 f32，尚未量化</translation>
    </message>
</context>
<context>
    <name>kvscope::BlockWarmJob</name>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Computing KV blocks</source>
        <translation>正在计算 KV 块</translation>
    </message>
    <message>
        <source>the store had no room for a block</source>
        <translation>存储没有空间容纳一个块</translation>
    </message>
    <message>
        <source>it is larger than 4 MB</source>
        <translation>它大于 4 MB</translation>
    </message>
    <message>
        <source>there is no text in it</source>
        <translation>其中没有文本</translation>
    </message>
</context>
<context>
    <name>kvscope::BrowseFooter</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the scan and keep what it has brought</source>
        <translation>停止扫描并保留已读取的键</translation>
    </message>
    <message>
        <source>Scan progress</source>
        <translation>扫描进度</translation>
    </message>
    <message>
        <source>Memory that the key index takes beside the keys&apos; own bytes</source>
        <translation>键索引在键名自身字节之外占用的内存</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · 剩余 %2</translation>
    </message>
    <message>
        <source>%1 selected of %2</source>
        <translation>已选 %1 个，共 %2 个</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 keys</source>
        <translation>
            <numerusform>%1 / %2 个键</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 keys, stopped</source>
        <translation>
            <numerusform>%1 个键，已停止</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 keys</source>
        <translation>
            <numerusform>%1 个键</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 keys, the most the index holds</source>
        <translation>%1 个键，已达索引上限</translation>
    </message>
    <message>
        <source>memory %1 + keys</source>
        <translation>内存 %1 + 键名</translation>
    </message>
    <message>
        <source>Stop deleting; what is deleted stays so</source>
        <translation>停止删除；已删除的不会恢复</translation>
    </message>
    <message>
        <source>Progress of the deletion</source>
        <translation>删除进度</translation>
    </message>
    <message>
        <source>deleted %1 of %2</source>
        <translation>已删除 %1 / %2</translation>
    </message>
    <message>
        <source>Sorting %1 …</source>
        <translation>正在排序 %1 …</translation>
    </message>
</context>
<context>
    <name>kvscope::BrowseHeader</name>
    <message>
        <source>Keys</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Order of the tree</source>
        <translation>键树的排序方式</translation>
    </message>
    <message>
        <source>Filter keys</source>
        <translation>筛选键</translation>
    </message>
    <message>
        <source>Filter the loaded keys as you type; * and ? make a pattern. Enter searches on the server. (Ctrl+F)</source>
        <translation>输入时即时筛选已加载的键；可用 * 和 ? 作通配符。按 Enter 在服务器上搜索。(Ctrl+F)</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Refresh (F5)</source>
        <translation>刷新 (F5)</translation>
    </message>
    <message>
        <source>Automatic refresh</source>
        <translation>自动刷新</translation>
    </message>
    <message>
        <source>Show all keys</source>
        <translation>显示所有键</translation>
    </message>
    <message>
        <source>No automatic refresh</source>
        <translation>不自动刷新</translation>
    </message>
    <message>
        <source>Every 5 seconds</source>
        <translation>每 5 秒</translation>
    </message>
    <message>
        <source>Every 30 seconds</source>
        <translation>每 30 秒</translation>
    </message>
    <message>
        <source>Every minute</source>
        <translation>每分钟</translation>
    </message>
    <message>
        <source>Name, A to Z</source>
        <translation>名称，A 到 Z</translation>
    </message>
    <message>
        <source>Name, Z to A</source>
        <translation>名称，Z 到 A</translation>
    </message>
    <message>
        <source>Most keys first</source>
        <translation>键数从多到少</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Keys of every type</source>
        <translation>所有类型的键</translation>
    </message>
    <message>
        <source>Only keys of type %1, found by the server</source>
        <translation>仅 %1 类型的键，由服务器查找</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新建键</translation>
    </message>
    <message>
        <source>New key (Ctrl+N)</source>
        <translation>新建键 (Ctrl+N)</translation>
    </message>
    <message>
        <source>db %1 · %2</source>
        <translation>db %1 · %2</translation>
    </message>
    <message>
        <source>db %1</source>
        <translation>db %1</translation>
    </message>
    <message>
        <source>Search the server (Enter)</source>
        <translation>在服务器上搜索 (Enter)</translation>
    </message>
    <message>
        <source>Scan the server for keys that match “%1”</source>
        <translation>在服务器上扫描匹配“%1”的键</translation>
    </message>
    <message>
        <source>on the server: %1</source>
        <translation>服务器搜索：%1</translation>
    </message>
</context>
<context>
    <name>kvscope::BrowsePage</name>
    <message>
        <source>Copy names</source>
        <translation>复制键名</translation>
    </message>
    <message>
        <source>Delete keys…</source>
        <translation>删除键…</translation>
    </message>
    <message>
        <source>Delete key…</source>
        <translation>删除键…</translation>
    </message>
    <message>
        <source>New key…</source>
        <translation>新建键…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Open in new tab</source>
        <translation>在新标签页中打开</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Ctrl+Return</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>复制键名</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>复制值</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>复制为命令</translation>
    </message>
    <message>
        <source>Save value to file…</source>
        <translation>将值保存到文件…</translation>
    </message>
    <message>
        <source>Load value from file…</source>
        <translation>从文件加载值…</translation>
    </message>
    <message>
        <source>Only strings have one value.</source>
        <translation>只有字符串类型的键才有单一的值。</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新建键</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Choose a store at the top left to see its keys.</source>
        <translation>请在左上角选择一个缓存以查看其中的键。</translation>
    </message>
    <message>
        <source>The keys could not be read</source>
        <translation>无法读取键</translation>
    </message>
    <message>
        <source>The reason stands above. A key whose name you know can still be opened.</source>
        <translation>原因见上方。知道键名时，仍可直接打开该键。</translation>
    </message>
    <message>
        <source>No loaded key matches</source>
        <translation>已加载的键中没有匹配项</translation>
    </message>
    <message>
        <source>Enter searches on the server, Esc clears the filter.</source>
        <translation>按 Enter 在服务器上搜索，按 Esc 清除筛选。</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>The server found no such key</source>
        <translation>服务器上没有匹配的键</translation>
    </message>
    <message>
        <source>Another pattern or type may find some.</source>
        <translation>可以换个模式或类型再试。</translation>
    </message>
    <message>
        <source>Show all keys</source>
        <translation>显示所有键</translation>
    </message>
    <message>
        <source>No keys here yet</source>
        <translation>这里还没有键</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>The keys appear as soon as the server answers.</source>
        <translation>服务器一应答，键就会出现。</translation>
    </message>
    <message>
        <source>Create one, or choose another database.</source>
        <translation>创建一个键，或选择另一个数据库。</translation>
    </message>
    <message>
        <source>The server is loading its data set</source>
        <translation>服务器正在加载数据集</translation>
    </message>
    <message>
        <source>The keys appear as soon as it has finished.</source>
        <translation>加载完成后键就会出现。</translation>
    </message>
    <message>
        <source>Create the first one.</source>
        <translation>创建第一个键。</translation>
    </message>
    <message>
        <source>This node holds none; another node of its cluster may.</source>
        <translation>此节点没有键；集群中的其他节点可能有。</translation>
    </message>
    <message>
        <source>None can be created on this connection. Another database may hold some.</source>
        <translation>此连接上无法创建键。其他数据库中可能有键。</translation>
    </message>
    <message>
        <source>None can be created on this connection.</source>
        <translation>此连接上无法创建键。</translation>
    </message>
</context>
<context>
    <name>kvscope::CacheChoice</name>
    <message>
        <source>full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>sinks + window</source>
        <translation>汇 + 窗口</translation>
    </message>
    <message>
        <source>key norm</source>
        <translation>键范数</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Which cells the cache gives up</source>
        <translation>缓存放弃哪些单元</translation>
    </message>
    <message>
        <source>Which cells the other cache gives up</source>
        <translation>另一个缓存放弃哪些单元</translation>
    </message>
    <message>
        <source>How keys and values are stored</source>
        <translation>键和值如何存放</translation>
    </message>
    <message>
        <source>How the other cache stores keys and values</source>
        <translation>另一个缓存如何存放键和值</translation>
    </message>
    <message>
        <source>rotate</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Cells that the policy may keep</source>
        <translation>策略可保留的单元数</translation>
    </message>
    <message>
        <source>Cells that the other policy may keep</source>
        <translation>另一个策略可保留的单元数</translation>
    </message>
    <message>
        <source>Multiplies keys and values by a Hadamard matrix before they are quantised, which spreads outliers</source>
        <translation>量化之前用 Hadamard 矩阵乘键和值，以分散离群值</translation>
    </message>
</context>
<context>
    <name>kvscope::CapacityLadder</name>
    <message>
        <source>Users by what is done for them</source>
        <translation>各项措施下的用户数</translation>
    </message>
</context>
<context>
    <name>kvscope::CapacityView</name>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>kv heads</source>
        <translation>kv 头数</translation>
    </message>
    <message>
        <source>head</source>
        <translation>头维</translation>
    </message>
    <message>
        <source>Known models</source>
        <translation>已知模型</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>出处：%1</translation>
    </message>
    <message>
        <source>24 GB (RTX 4090)</source>
        <translation>24 GB (RTX 4090)</translation>
    </message>
    <message>
        <source>40 GB (A100)</source>
        <translation>40 GB (A100)</translation>
    </message>
    <message>
        <source>80 GB (A100, H100)</source>
        <translation>80 GB (A100, H100)</translation>
    </message>
    <message>
        <source>141 GB (H200)</source>
        <translation>141 GB (H200)</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 位</translation>
    </message>
    <message>
        <source>4.5 bits</source>
        <translation>4.5 位</translation>
    </message>
    <message>
        <source>f16, 16 bits</source>
        <translation>f16，16 位</translation>
    </message>
    <message>
        <source>int8, 8.5 bits with scales</source>
        <translation>int8，含比例因子 8.5 位</translation>
    </message>
    <message>
        <source>int4, 5 bits with scales</source>
        <translation>int4，含比例因子 5 位</translation>
    </message>
    <message>
        <source>KIVI 2-bit, 3.5 bits with scales</source>
        <translation>KIVI 2 位，含比例因子 3.5 位</translation>
    </message>
    <message>
        <source>Tokens a user has</source>
        <translation>每个用户的词元数</translation>
    </message>
    <message>
        <source>Tokens reserved without paging</source>
        <translation>不分页时预留的词元数</translation>
    </message>
    <message>
        <source>Of them shared by all users</source>
        <translation>其中所有用户共享</translation>
    </message>
    <message>
        <source>GPU memory</source>
        <translation>GPU 显存</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>KV format</source>
        <translation>KV 格式</translation>
    </message>
    <message>
        <source>of them shared by all</source>
        <translation>其中所有用户共享</translation>
    </message>
    <message>
        <source>reserved without paging</source>
        <translation>不分页时预留</translation>
    </message>
    <message>
        <source>Reserved for the longest, f16</source>
        <translation>按最长预留，f16</translation>
    </message>
    <message>
        <source>Paged: blocks of 16 tokens</source>
        <translation>分页：每块 16 个词元</translation>
    </message>
    <message>
        <source>and quantised</source>
        <translation>再加量化</translation>
    </message>
    <message>
        <source>and the shared prefix kept once</source>
        <translation>再加共享前缀只存一份</translation>
    </message>
    <message numerus="yes">
        <source>%1 users on %n GPUs</source>
        <translation>
            <numerusform>%n 块 GPU 上 %1 个用户</numerusform>
        </translation>
    </message>
    <message>
        <source>The weights do not fit: %1</source>
        <translation>权重放不下：%1</translation>
    </message>
    <message>
        <source>%1 a token · %2 a user · %3 shared · weights %4 · room for the cache %5 (90 % of the memory less the weights)</source>
        <translation>每词元 %1 · 每用户 %2 · 共享 %3 · 权重 %4 · 缓存空间 %5（显存的 90 % 减去权重）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>params</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>windows</source>
        <translation>窗口层</translation>
    </message>
    <message>
        <source>f16/token</source>
        <translation>f16/词元</translation>
    </message>
    <message>
        <source>Latent attention (MLA): rank + rope, for keys and values of all heads</source>
        <translation>潜在注意力 (MLA)：秩 + rope，供所有头的键和值共用</translation>
    </message>
    <message>
        <source>Layers that see no more than so many tokens</source>
        <translation>只能看到这么多词元的层</translation>
    </message>
    <message>
        <source>180 GB (B200)</source>
        <translation>180 GB (B200)</translation>
    </message>
    <message>
        <source>192 GB (MI300X)</source>
        <translation>192 GB (MI300X)</translation>
    </message>
</context>
<context>
    <name>kvscope::CellPanel</name>
    <message>
        <source>Cell</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Evict</source>
        <translation>逐出</translation>
    </message>
    <message>
        <source>No policy evicts a pinned cell (P in the map)</source>
        <translation>任何策略都不会逐出固定的单元（在图中按 P）</translation>
    </message>
    <message>
        <source>Takes the token out of the cache, in all layers and heads (Del in the map); decoding goes on without it</source>
        <translation>把该词元从所有层和头的缓存中移除（在图中按 Del）；解码在没有它的情况下继续</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No later token has looked at it yet.</source>
        <translation>还没有更晚的词元看过它。</translation>
    </message>
    <message>
        <source>Who attends to it most: %1</source>
        <translation>最关注它的：%1</translation>
    </message>
    <message>
        <source>layer %1 head %2 %3</source>
        <translation>层 %1 头 %2 %3</translation>
    </message>
    <message>
        <source>The newest token looks at it by: %1</source>
        <translation>最新的词元对它的关注：%1</translation>
    </message>
    <message>
        <source>Cell “%1”</source>
        <translation>单元“%1”</translation>
    </message>
    <message>
        <source>layer %1 · kv head %2</source>
        <translation>层 %1 · kv 头 %2</translation>
    </message>
    <message>
        <source>Token %1</source>
        <translation>词元 %1</translation>
    </message>
    <message>
        <source>Token %1 · evicted</source>
        <translation>词元 %1 · 已逐出</translation>
    </message>
    <message>
        <source>Token %1, now at position %2</source>
        <translation>词元 %1，现位于位置 %2</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>%1 as attention reads it</source>
        <translation>注意力所读取的 %1</translation>
    </message>
    <message>
        <source>%1 · quantisation error %2</source>
        <translation>%1 · 量化误差 %2</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
</context>
<context>
    <name>kvscope::Chatbot</name>
    <message>
        <source>no language model came with this build</source>
        <translation>此构建未附带语言模型</translation>
    </message>
    <message>
        <source>its head size</source>
        <translation>其头部大小</translation>
    </message>
</context>
<context>
    <name>kvscope::CheckDialog</name>
    <message>
        <source>Check %1</source>
        <translation>检查 %1</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>&amp;Look again after</source>
        <translation>之后再看(&amp;L)</translation>
    </message>
    <message>
        <source>What differs is looked at again after each of these; only what differed every time counts. 0s looks again at once.</source>
        <translation>有差异的内容在每段时间之后都会再看一次；只有每次都不同的才计入。0s 表示立即再看。</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>&amp;Sample of rows</source>
        <translation>抽样行数(&amp;S)</translation>
    </message>
    <message>
        <source>About so many rows, the same each time; orphans are not looked for. The bound says what it proves.</source>
        <translation>约这么多行，每次相同；不查找孤儿条目。置信界说明它证明了什么。</translation>
    </message>
    <message>
        <source>When a larger share differs, most likely the binding does not fit: nothing is repaired then.</source>
        <translation>差异比例更大时，多半是绑定不合适：此时不做任何修复。</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>“Look again after” is a list of times, as in 1s, 10s.</source>
        <translation>“之后再看”是时间列表，例如 1s, 10s。</translation>
    </message>
    <message>
        <source>The sample is a number of rows, or empty.</source>
        <translation>抽样是行数，或留空。</translation>
    </message>
    <message>
        <source>The share is a number from 0 to 100.</source>
        <translation>比例是 0 到 100 之间的数。</translation>
    </message>
    <message>
        <source>Check and repair</source>
        <translation>检查并修复</translation>
    </message>
    <message>
        <source>Repair at &amp;most, %</source>
        <translation>最多修复(&amp;M)，%</translation>
    </message>
    <message>
        <source>automatic: gives way to others</source>
        <translation>自动：为他人让路</translation>
    </message>
    <message>
        <source>Rows a se&amp;cond</source>
        <translation>每秒行数(&amp;C)</translation>
    </message>
    <message>
        <source>A fixed rate; automatic follows what a PING beside the job takes</source>
        <translation>固定速率；自动则跟随任务旁的 PING 耗时</translation>
    </message>
    <message>
        <source>Compare with a &amp;primary</source>
        <translation>与主节点比较(&amp;P)</translation>
    </message>
    <message>
        <source>This store is a replica of that one: its entries are compared with it instead of the source</source>
        <translation>此存储是那个存储的副本：其条目与主节点而非数据源比较</translation>
    </message>
    <message>
        <source>The rate is a number above 0, or empty.</source>
        <translation>速率是大于 0 的数，或留空。</translation>
    </message>
    <message>
        <source>A comparison with a primary only compares: it repairs nothing.</source>
        <translation>与主节点的比较只做比较：不做修复。</translation>
    </message>
    <message>
        <source>Counts and lists what differs, and changes nothing.</source>
        <translation>统计并列出差异，不做任何更改。</translation>
    </message>
    <message>
        <source>There was no check yet: what differs is not known. A check that repairs nothing tells it first.</source>
        <translation>还没有检查过：尚不知道有哪些差异。先做一次不修复的检查即可得知。</translation>
    </message>
    <message>
        <source>By the check of %1 ago: %2</source>
        <translation>按 %1前的检查：%2</translation>
    </message>
</context>
<context>
    <name>kvscope::CheckVerb</name>
    <message>
        <source>--recheck is a list of times, as in 1s,10s</source>
        <translation>--recheck 是时间列表，例如 1s,10s</translation>
    </message>
    <message>
        <source>--repair is none, delete or refill</source>
        <translation>--repair 是 none、delete 或 refill</translation>
    </message>
    <message>
        <source>run %1 was not a check of this binding, source and store with the same --repair and --sample</source>
        <translation>运行 %1 不是以相同的 --repair 和 --sample 对此绑定、数据源和存储所做的检查</translation>
    </message>
    <message>
        <source>run %1 came to its end; there is nothing to resume</source>
        <translation>运行 %1 已经完成；没有可恢复的内容</translation>
    </message>
    <message>
        <source>%1 of %2 agree</source>
        <translation>%1 / %2 一致</translation>
    </message>
    <message>
        <source>%1 nines at least (95 %)</source>
        <translation>至少 %1 个九 (95 %)</translation>
    </message>
    <message>
        <source>Run %1: %2</source>
        <translation>运行 %1：%2</translation>
    </message>
    <message>
        <source>--primary goes without --repair: a replica takes its entries from its primary alone; let it resynchronise, or check it against the source</source>
        <translation>--primary 不能与 --repair 同用：副本只从其主节点取得条目；请让它重新同步，或与数据源比较</translation>
    </message>
    <message>
        <source>--primary goes without --resume: it keeps no checkpoint, since both sides move on; begin anew, with --sample if it takes too long</source>
        <translation>--primary 不能与 --resume 同用：两边都在变化，因此不保存检查点；请重新开始，太久时可用 --sample</translation>
    </message>
</context>
<context>
    <name>kvscope::ChoosingPopup</name>
    <message>
        <source>0 always takes the likeliest token; more flattens the distribution</source>
        <translation>0 总是取最可能的词元；数值越大分布越平</translation>
    </message>
    <message>
        <source>Only so many of the likeliest tokens</source>
        <translation>只考虑这么多个最可能的词元</translation>
    </message>
    <message>
        <source>Only the likeliest tokens that together reach this probability</source>
        <translation>只考虑概率之和达到此值的最可能词元</translation>
    </message>
    <message>
        <source>The same seed gives the same tokens</source>
        <translation>相同的种子给出相同的词元</translation>
    </message>
    <message>
        <source>Tokens that fit before the context is full</source>
        <translation>上下文填满之前可容纳的词元数</translation>
    </message>
    <message>
        <source>What happens when the context is full</source>
        <translation>上下文填满时怎么办</translation>
    </message>
    <message>
        <source>0 (greedy)</source>
        <translation>0（贪心）</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>the model&apos;s</source>
        <translation>模型自带</translation>
    </message>
    <message>
        <source>go on beyond it</source>
        <translation>继续超出</translation>
    </message>
    <message>
        <source>drop the oldest half</source>
        <translation>丢弃最旧的一半</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Top k</source>
        <translation>Top k</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>When it is full</source>
        <translation>填满时</translation>
    </message>
    <message>
        <source>Half of what lies behind the first 4 tokens is dropped and the rest moves down. Keys are kept as they were before RoPE and turned anew at each step, which is slower.</source>
        <translation>前 4 个词元之后的内容丢弃一半，其余前移。键按 RoPE 之前的样子保存，每一步重新旋转，因此较慢。</translation>
    </message>
    <message>
        <source>Decoding ends where the context is full.</source>
        <translation>上下文填满时解码结束。</translation>
    </message>
    <message>
        <source>Positions beyond the trained length, as far as the model bears them.</source>
        <translation>位置超出训练长度，能否承受取决于模型。</translation>
    </message>
    <message>
        <source>greedy</source>
        <translation>贪心</translation>
    </message>
    <message>
        <source>context %1</source>
        <translation>上下文 %1</translation>
    </message>
</context>
<context>
    <name>kvscope::ClassCards</name>
    <message>
        <source>stale, oldest %1</source>
        <translation>陈旧，最旧 %1</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Ahead, diverged, TTL, unknown, transient: none</source>
        <translation>超前、分歧、TTL、未知、瞬时：无</translation>
    </message>
    <message>
        <source>within %1</source>
        <translation>%1 以内</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>≥ %1 at 95&#xa0;%</source>
        <translation>≥ %1（95&#xa0;%）</translation>
    </message>
    <message>
        <source>Nines of the share that agrees: 3 nines are 99.9 %. At 95 % confidence it is at least %1.</source>
        <translation>一致比例的“九”数：3 个九即 99.9 %。在 95 % 置信度下至少为 %1。</translation>
    </message>
    <message>
        <source>nines, once it is done</source>
        <translation>完成后给出九数</translation>
    </message>
    <message>
        <source>nines</source>
        <translation>个九</translation>
    </message>
    <message>
        <source>compared so far</source>
        <translation>目前已比较</translation>
    </message>
</context>
<context>
    <name>kvscope::CodeEditor</name>
    <message>
        <source>Text of the value</source>
        <translation>值的文本</translation>
    </message>
</context>
<context>
    <name>kvscope::ColorSwatch</name>
    <message>
        <source>Teal</source>
        <translation>青色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>No colour</source>
        <translation>无颜色</translation>
    </message>
</context>
<context>
    <name>kvscope::CommandLine</name>
    <message>
        <source>--%1 is one of %2, not “%3”</source>
        <translation>--%1 须为 %2 之一，而不是“%3”</translation>
    </message>
    <message>
        <source>--size is WIDTHxHEIGHT, as in 1440x900</source>
        <translation>--size 的格式为 WIDTHxHEIGHT，例如 1440x900</translation>
    </message>
    <message>
        <source>there is no option %1 here</source>
        <translation>此处没有选项 %1</translation>
    </message>
    <message>
        <source>%1 takes no value</source>
        <translation>%1 不接受值</translation>
    </message>
    <message>
        <source>“%1” is not a verb</source>
        <translation>没有名为“%1”的子命令</translation>
    </message>
    <message>
        <source>a \ in a key is written \\ and other bytes as \xHH: “%1”</source>
        <translation>键中的 \ 须写成 \\，其他字节须写成 \xHH：“%1”</translation>
    </message>
    <message>
        <source>--after is a time such as 3 or 500ms</source>
        <translation>--after 须为时长，例如 3 或 500ms</translation>
    </message>
    <message>
        <source>%1 needs a value</source>
        <translation>%1 需要一个值</translation>
    </message>
</context>
<context>
    <name>kvscope::ConflictPanel</name>
    <message>
        <source>Take theirs</source>
        <translation>采用对方的</translation>
    </message>
    <message>
        <source>Overwrite theirs</source>
        <translation>覆盖对方的</translation>
    </message>
    <message>
        <source>Merge both</source>
        <translation>合并双方</translation>
    </message>
    <message>
        <source>Create it again</source>
        <translation>重新创建</translation>
    </message>
    <message>
        <source>Drops your text and shows what the store holds</source>
        <translation>丢弃您的文本，显示缓存中的内容</translation>
    </message>
    <message>
        <source>Writes your text if the store still holds what is shown here</source>
        <translation>如果缓存中的内容仍与此处所示一致，则写入您的文本</translation>
    </message>
    <message>
        <source>Goes back to your text; the next save is compared with what is shown here</source>
        <translation>回到您的文本；下次保存时将与此处所示内容比较</translation>
    </message>
    <message>
        <source>Puts both changes into your text, to be looked at and saved</source>
        <translation>将双方的修改合并到您的文本中，检查后再保存</translation>
    </message>
    <message>
        <source>Somebody changed this key meanwhile</source>
        <translation>此键已被他人修改</translation>
    </message>
    <message>
        <source>Nothing was written and your text is kept. “Decide later” goes back to it and leaves this open; “Go on with mine” goes back to it and lets your next save replace what is in the store now.</source>
        <translation>没有写入任何内容，您的文本已保留。“稍后决定”返回文本并保留此处；“以我的为准继续”返回文本，下次保存会替换存储中现在的内容。</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>稍后决定</translation>
    </message>
    <message>
        <source>Goes back to your text; the next save shows this again</source>
        <translation>返回您的文本；下次保存会再次显示这里</translation>
    </message>
    <message>
        <source>Go on with mine</source>
        <translation>以我的为准继续</translation>
    </message>
    <message>
        <source>Create without TTL</source>
        <translation>创建且不设 TTL</translation>
    </message>
    <message>
        <source>This key was deleted or evicted meanwhile</source>
        <translation>此键在此期间被删除或淘汰</translation>
    </message>
    <message>
        <source>Nothing was written and your text is kept. The key would have had %1 left to live: create it again with that, or without a time to live.</source>
        <translation>没有写入任何内容，您的文本已保留。该键本来还剩 %1 的生存时间：可以按此重新创建，或不设生存时间。</translation>
    </message>
    <message>
        <source>Create with the TTL left</source>
        <translation>按剩余 TTL 创建</translation>
    </message>
    <message>
        <source>This key has expired</source>
        <translation>此键已过期</translation>
    </message>
    <message>
        <source>Nothing was written and your text is kept. Its time to live is over: created again it has none until you set one.</source>
        <translation>没有写入任何内容，您的文本已保留。其生存时间已结束：重新创建后没有生存时间，除非您再设置。</translation>
    </message>
    <message>
        <source>Nothing was written and your text is kept. The key had no time to live and has none when it is created again.</source>
        <translation>没有写入任何内容，您的文本已保留。该键原本没有生存时间，重新创建后也没有。</translation>
    </message>
</context>
<context>
    <name>kvscope::ConnectDialog</name>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connected to %1 %2 in %3 ms.</source>
        <translation>已连接到 %1 %2，用时 %3 毫秒。</translation>
    </message>
    <message>
        <source>Saved connections</source>
        <translation>已保存的连接</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Save profile</source>
        <translation>保存配置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Give the profile a name to save it.</source>
        <translation>请先为连接配置命名再保存。</translation>
    </message>
    <message>
        <source>There is a profile called “%1” already; choose another name.</source>
        <translation>已有名为“%1”的连接配置；请换一个名称。</translation>
    </message>
    <message>
        <source>Saved “%1”, without a password.</source>
        <translation>已保存“%1”，不含密码。</translation>
    </message>
    <message>
        <source>Remove the profile “%1”?</source>
        <translation>移除连接配置“%1”？</translation>
    </message>
    <message>
        <source>The server and its keys are not touched.</source>
        <translation>服务器及其中的键不受影响。</translation>
    </message>
    <message>
        <source>This is another server: the production mark was taken off. Tick it again if it applies.</source>
        <translation>这是另一台服务器：生产标记已取消。如仍适用，请重新勾选。</translation>
    </message>
</context>
<context>
    <name>kvscope::ConnectForm</name>
    <message>
        <source>Redis</source>
        <translation>Redis</translation>
    </message>
    <message>
        <source>Redis over TLS</source>
        <translation>Redis（TLS）</translation>
    </message>
    <message>
        <source>Unix socket</source>
        <translation>Unix 套接字</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>内置引擎</translation>
    </message>
    <message>
        <source>Store URL</source>
        <translation>缓存 URL</translation>
    </message>
    <message>
        <source>Paste redis://user@host:6379/0 to fill the fields below</source>
        <translation>粘贴 redis://user@host:6379/0 即可填写下方各项</translation>
    </message>
    <message>
        <source>&amp;URL</source>
        <translation>&amp;URL</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>主机(&amp;H)</translation>
    </message>
    <message>
        <source>Path of the socket</source>
        <translation>套接字路径</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>default</source>
        <translation>default</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Us&amp;er</source>
        <translation>用户(&amp;E)</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Kept in memory only, never in the profile</source>
        <translation>仅保留在内存中，绝不写入配置</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key);;All files (*)</source>
        <translation>证书和密钥 (*.pem *.crt *.cer *.key);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Server name</source>
        <translation>服务器名称</translation>
    </message>
    <message>
        <source>The host, unless the certificate names another</source>
        <translation>默认为主机名，除非证书中是其他名称</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA 文件</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Eviction policy</source>
        <translation>淘汰策略</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Name of the profile</source>
        <translation>连接配置的名称</translation>
    </message>
    <message>
        <source>Needed to save it, e.g. orders-prod</source>
        <translation>保存时必填，例如 orders-prod</translation>
    </message>
    <message>
        <source>Delimiter between the levels of a key</source>
        <translation>键的层级分隔符</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>&amp;Read-only</source>
        <translation>只读(&amp;R)</translation>
    </message>
    <message>
        <source>Every command that writes is refused before it is sent</source>
        <translation>所有写命令在发送前即被拒绝</translation>
    </message>
    <message>
        <source>Produc&amp;tion</source>
        <translation>生产环境(&amp;T)</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Memory is a size such as 64mb or 1gb.</source>
        <translation>内存须为大小，例如 64mb 或 1gb。</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>端口须为 1 到 65535 之间的数字。</translation>
    </message>
    <message>
        <source>Enter the path of the socket.</source>
        <translation>请输入套接字路径。</translation>
    </message>
    <message>
        <source>A host name has no spaces.</source>
        <translation>主机名不能含空格。</translation>
    </message>
    <message>
        <source>The window shows a red border</source>
        <translation>窗口显示红色边框</translation>
    </message>
</context>
<context>
    <name>kvscope::Connection</name>
    <message>
        <source>no answer within %1 ms</source>
        <translation>%1 毫秒内没有应答</translation>
    </message>
    <message>
        <source>no handshake within %1 ms</source>
        <translation>%1 毫秒内未完成握手</translation>
    </message>
    <message>
        <source>it closed the connection at once</source>
        <translation>对方立即关闭了连接</translation>
    </message>
    <message>
        <source>an unrequested reply</source>
        <translation>未经请求的应答</translation>
    </message>
    <message>
        <source>it closed the connection at once, as a port that speaks TLS does</source>
        <translation>它立即关闭了连接，使用 TLS 的端口会这样</translation>
    </message>
</context>
<context>
    <name>kvscope::CreateKeyDialog</name>
    <message>
        <source>New key</source>
        <translation>新建键</translation>
    </message>
    <message>
        <source>Bytes that can&apos;t be typed are written \xHH, a backslash \\.</source>
        <translation>无法键入的字节写成 \xHH，反斜杠写成 \\。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Time to live</source>
        <translation>生存时间</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>A key needs a name.</source>
        <translation>键名不能为空。</translation>
    </message>
    <message>
        <source>A backslash stands alone: write \\ or \xHH.</source>
        <translation>有单独的反斜杠：请写成 \\ 或 \xHH。</translation>
    </message>
    <message>
        <source>Not valid JSON: line %1, column %2: %3.</source>
        <translation>不是有效的 JSON：第 %1 行第 %2 列：%3。</translation>
    </message>
    <message>
        <source>The time to live can&apos;t be read: write seconds, or 500ms, 10m, 2h, 1d.</source>
        <translation>无法识别生存时间：请输入秒数，或 500ms、10m、2h、1d 等形式。</translation>
    </message>
    <message>
        <source>A time to live must be above zero.</source>
        <translation>生存时间必须大于零。</translation>
    </message>
    <message>
        <source>empty, or 90, 10m, 1.5h</source>
        <translation>留空，或 90、10m、1.5h</translation>
    </message>
    <message>
        <source>A time to live can&apos;t be above 100,000 years.</source>
        <translation>生存时间不能超过 100,000 年。</translation>
    </message>
</context>
<context>
    <name>kvscope::DecodeView</name>
    <message>
        <source>first difference from %1 at token %2 · mean KL %3 nats</source>
        <translation>与 %1 的首个差异在词元 %2 · 平均 KL %3 奈特</translation>
    </message>
    <message>
        <source>no difference from %1 · mean KL %2 nats</source>
        <translation>与 %1 没有差异 · 平均 KL %2 奈特</translation>
    </message>
    <message>
        <source>%1 · %2 kv heads × %3 positions</source>
        <translation>%1 · %2 个 kv 头 × %3 个位置</translation>
    </message>
    <message>
        <source>Position 0 gets %1 of the attention of all heads together: hardly a sink. Larger models have strong ones.</source>
        <translation>位置 0 得到全部头注意力的 %1：几乎不成注意力汇。更大的模型有明显的汇。</translation>
    </message>
    <message>
        <source>Position 0 gets %1 of the attention: it is a sink.</source>
        <translation>位置 0 得到 %1 的注意力：它是注意力汇。</translation>
    </message>
    <message>
        <source>16 tokens each · %1 of %2 in use</source>
        <translation>每块 16 个词元 · 已用 %1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n blocks (a dot) are shared with the prefix cache: the sequence reads them where the store keeps them.</source>
        <translation>
            <numerusform>%n 个块（带点）与前缀缓存共享：序列就在存储保存它们的地方读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>No block is shared: only the policy “full” gives blocks to the prefix cache.</source>
        <translation>没有共享的块：只有策略“full”会把块交给前缀缓存。</translation>
    </message>
    <message>
        <source>hit %1</source>
        <translation>命中 %1</translation>
    </message>
    <message>
        <source>%1 blocks · %2</source>
        <translation>%1 个块 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n texts</source>
        <translation>
            <numerusform>%n 段文本</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 × at %2 tokens</source>
        <translation>%1 倍（%2 个词元时）</translation>
    </message>
    <message>
        <source>%1 of the memory roofline, %2/s, while being watched</source>
        <translation>观察时为内存屋顶线 %2/s 的 %1</translation>
    </message>
    <message>
        <source>%1 = formula</source>
        <translation>%1 = 公式</translation>
    </message>
    <message>
        <source>%1, formula %2</source>
        <translation>%1，公式 %2</translation>
    </message>
    <message>
        <source>2 · %1 layers · %2 kv heads · %3 dims · %4 bits · %5 cells</source>
        <translation>2 · %1 层 · %2 个 kv 头 · %3 维 · %4 位 · %5 个单元</translation>
    </message>
    <message>
        <source>scales %1</source>
        <translation>比例因子 %1</translation>
    </message>
    <message>
        <source>slack %1</source>
        <translation>空余 %1</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>with the cache</source>
        <translation>使用缓存</translation>
    </message>
    <message>
        <source>memory roofline</source>
        <translation>内存屋顶线</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>this cache</source>
        <translation>此缓存</translation>
    </message>
    <message>
        <source>Blocks</source>
        <translation>块</translation>
    </message>
    <message>
        <source>Prefixes</source>
        <translation>前缀</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>mass</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>age</source>
        <translation>年龄</translation>
    </message>
    <message>
        <source>quantisation error</source>
        <translation>量化误差</translation>
    </message>
    <message>
        <source>Beginnings that texts had in common</source>
        <translation>各文本共有的开头</translation>
    </message>
    <message>
        <source>What the policies lose</source>
        <translation>各策略损失了什么</translation>
    </message>
    <message>
        <source>Keep blocks in %1 too (L2)</source>
        <translation>同时在 %1 中保存块 (L2)</translation>
    </message>
    <message numerus="yes">
        <source>turn %1: %n tokens were in the cache already</source>
        <translation>
            <numerusform>第 %1 轮：已有 %n 个词元在缓存中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The context of %1 tokens was full %n times: half of what lay behind the first %2 was dropped, the rest moved down.</source>
        <translation>
            <numerusform>%1 个词元的上下文填满了 %n 次：前 %2 个之后的内容丢弃一半，其余前移。</numerusform>
        </translation>
    </message>
    <message>
        <source>When blocks expire</source>
        <translation>块何时过期</translation>
    </message>
    <message>
        <source>Blocks are entries kv:… of the store: those written from now on expire then</source>
        <translation>块是存储中的 kv:… 条目：从现在起写入的块到时过期</translation>
    </message>
    <message>
        <source>blocks expire after 10 minutes</source>
        <translation>块在 10 分钟后过期</translation>
    </message>
    <message>
        <source>blocks expire after an hour</source>
        <translation>块在 1 小时后过期</translation>
    </message>
    <message>
        <source>blocks expire after a day</source>
        <translation>块在 1 天后过期</translation>
    </message>
    <message>
        <source>blocks never expire</source>
        <translation>块永不过期</translation>
    </message>
    <message>
        <source>Full blocks are written there as entries kv:… and read back after a restart</source>
        <translation>填满的块作为 kv:… 条目写入那里，重启后可读回</translation>
    </message>
    <message>
        <source>formula, full f32</source>
        <translation>公式，完整 f32</translation>
    </message>
</context>
<context>
    <name>kvscope::DialogParts</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>kvscope::Dialogs</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Type “%1” to confirm</source>
        <translation>输入“%1”以确认</translation>
    </message>
</context>
<context>
    <name>kvscope::DiffView</name>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message numerus="yes">
        <source>%n equal line(s)</source>
        <translation>
            <numerusform>%n 行相同</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::DifferenceModel</name>
    <message>
        <source>repaired</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>In the store now</source>
        <translation>缓存当前</translation>
    </message>
    <message>
        <source>In the cache</source>
        <translation>缓存中</translation>
    </message>
    <message>
        <source>From the row</source>
        <translation>由该行得出</translation>
    </message>
    <message>
        <source>In the source</source>
        <translation>数据源中</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>In the replica</source>
        <translation>副本中</translation>
    </message>
    <message>
        <source>In the primary</source>
        <translation>主节点中</translation>
    </message>
</context>
<context>
    <name>kvscope::DifferenceTable</name>
    <message>
        <source>repaired</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>%1 of class “%2”</source>
        <translation>%1 个，类别“%2”</translation>
    </message>
    <message>
        <source>the first %1 are listed; the report has all</source>
        <translation>列出前 %1 个；报告中有全部</translation>
    </message>
    <message>
        <source>Mend the selected entries (Enter)</source>
        <translation>修复选中的条目 (Enter)</translation>
    </message>
    <message>
        <source>Open the key in Browse</source>
        <translation>在“浏览”中打开该键</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>最前面的行</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message numerus="yes">
        <source>Repair %1 selected</source>
        <translation>
            <numerusform>修复所选 %1 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the keys</source>
        <translation>复制键</translation>
    </message>
    <message>
        <source>Copy the rows</source>
        <translation>复制行</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Every class again</source>
        <translation>恢复显示所有类别</translation>
    </message>
    <message>
        <source>Save the report of this check…</source>
        <translation>保存此检查的报告…</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Export JSON…</source>
        <translation>导出 JSON…</translation>
    </message>
    <message>
        <source>Export Markdown…</source>
        <translation>导出 Markdown…</translation>
    </message>
    <message>
        <source>Open the key in Browse (Ctrl+Enter)</source>
        <translation>在“浏览”中打开此键 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Repair this entry…</source>
        <translation>修复此条目…</translation>
    </message>
</context>
<context>
    <name>kvscope::DivergenceCurve</name>
    <message>
        <source>KL to the comparison by token</source>
        <translation>逐词元与对照的 KL</translation>
    </message>
    <message>
        <source>Token %1, “%2”: KL %3 nats</source>
        <translation>词元 %1，“%2”：KL %3 nat</translation>
    </message>
    <message>
        <source>The first difference: the comparison would have chosen “%1”</source>
        <translation>首个差异：对照方会选择“%1”</translation>
    </message>
</context>
<context>
    <name>kvscope::DraftBar</name>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Text typed here on %1 was not saved (%2).</source>
        <translation>%1 在此输入的文本尚未保存（%2）。</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Shows what restoring would change</source>
        <translation>显示恢复会带来哪些更改</translation>
    </message>
</context>
<context>
    <name>kvscope::EditSession</name>
    <message>
        <source>This connection is read-only. Open it read-write to change values.</source>
        <translation>此连接为只读。请以读写方式打开连接后再修改值。</translation>
    </message>
</context>
<context>
    <name>kvscope::EditVerb</name>
    <message>
        <source>give --path and --to</source>
        <translation>请同时指定 --path 和 --to</translation>
    </message>
</context>
<context>
    <name>kvscope::EditorHeader</name>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Show the changes, then write them (Ctrl+S)</source>
        <translation>先显示更改，再写入 (Ctrl+S)</translation>
    </message>
    <message>
        <source>%1 elements</source>
        <translation>%1 个元素</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>encoding %1</source>
        <translation>编码 %1</translation>
    </message>
    <message>
        <source>%1 in memory</source>
        <translation>占用内存 %1</translation>
    </message>
    <message>
        <source>frequency %1</source>
        <translation>访问频率 %1</translation>
    </message>
    <message>
        <source>idle %1</source>
        <translation>空闲 %1</translation>
    </message>
    <message>
        <source>No TTL</source>
        <translation>无 TTL</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>TTL %1</source>
        <translation>TTL %1</translation>
    </message>
    <message>
        <source>Set a time to live</source>
        <translation>设置生存时间</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
</context>
<context>
    <name>kvscope::EditorPage</name>
    <message>
        <source>The store&apos;s value changed meanwhile; your text is kept. Save compares the three versions.</source>
        <translation>缓存中的值已被修改；您的文本已保留。保存时将比较三个版本。</translation>
    </message>
    <message>
        <source>Only the beginning of %1 is shown: values over %2 can&apos;t be edited here.</source>
        <translation>该值大小为 %1，仅显示开头部分：超过 %2 的值无法在此编辑。</translation>
    </message>
    <message>
        <source>A line is too long to be edited as text; it is shown in pieces.</source>
        <translation>有一行过长，无法作为文本编辑；已分段显示。</translation>
    </message>
    <message>
        <source>The key was deleted or expired meanwhile; your text is kept. Save offers to create it again.</source>
        <translation>此键已被删除或已过期；您的文本已保留。保存时可选择重新创建。</translation>
    </message>
    <message>
        <source>This key does not exist</source>
        <translation>此键不存在</translation>
    </message>
    <message>
        <source>It may have expired or been deleted since it was listed.</source>
        <translation>列出之后，它可能已过期或被删除。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再次查看</translation>
    </message>
    <message>
        <source>Bytes changed</source>
        <translation>字节已更改</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n 处更改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n 字节</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 elements</source>
        <translation>%1 / %2 个元素</translation>
    </message>
    <message>
        <source>%1 elements</source>
        <translation>%1 个元素</translation>
    </message>
    <message>
        <source>Read-only table</source>
        <translation>只读表格</translation>
    </message>
    <message>
        <source>saves with compare-and-set, TTL kept</source>
        <translation>以比较并交换（CAS）保存，保留 TTL</translation>
    </message>
    <message>
        <source>Reading the rest…</source>
        <translation>正在读取其余部分…</translation>
    </message>
    <message>
        <source>Laid out for reading; saving keeps its own spacing</source>
        <translation>已排版以便阅读；保存时保留原有空白</translation>
    </message>
    <message>
        <source>No changes</source>
        <translation>无更改</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列：%3</translation>
    </message>
    <message>
        <source>Valid JSON · UTF-8</source>
        <translation>有效的 JSON · UTF-8</translation>
    </message>
    <message>
        <source>Binary</source>
        <translation>二进制</translation>
    </message>
    <message>
        <source>UTF-8</source>
        <translation>UTF-8</translation>
    </message>
    <message>
        <source>Go to the fault</source>
        <translation>转到错误处</translation>
    </message>
    <message>
        <source>This is not valid JSON</source>
        <translation>这不是有效的 JSON</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3. Readers that expect JSON will fail on it. Save it as plain text nevertheless?</source>
        <translation>第 %1 行第 %2 列：%3。期望 JSON 的读取方将会出错。仍要作为纯文本保存吗？</translation>
    </message>
    <message>
        <source>Save as plain text</source>
        <translation>保存为纯文本</translation>
    </message>
    <message>
        <source>compare-and-set, TTL kept</source>
        <translation>比较并交换（CAS），保留 TTL</translation>
    </message>
    <message>
        <source>compare-and-set, no TTL</source>
        <translation>比较并交换（CAS），无 TTL</translation>
    </message>
    <message>
        <source>A line is too long to be edited as text; the draft is kept.</source>
        <translation>有一行过长，无法作为文本编辑；草稿已保留。</translation>
    </message>
    <message>
        <source>the key is gone; Save offers to create it again</source>
        <translation>键已不存在；“保存”会提议重新创建</translation>
    </message>
    <message>
        <source>saves with compare-and-set, no TTL</source>
        <translation>以比较并设置方式保存，无 TTL</translation>
    </message>
    <message>
        <source>The key is gone; what is shown is what it held</source>
        <translation>键已不存在；显示的是它原先的内容</translation>
    </message>
    <message>
        <source>the key is gone: nothing is written before you choose to create it again</source>
        <translation>键已不存在：在您选择重新创建之前不会写入任何内容</translation>
    </message>
    <message>
        <source>Created at %1</source>
        <translation>创建于 %1</translation>
    </message>
    <message>
        <source>Saved at %1</source>
        <translation>保存于 %1</translation>
    </message>
    <message>
        <source>no TTL</source>
        <translation>无 TTL</translation>
    </message>
    <message>
        <source>TTL %1</source>
        <translation>TTL %1</translation>
    </message>
    <message>
        <source>TTL kept</source>
        <translation>TTL 已保留</translation>
    </message>
</context>
<context>
    <name>kvscope::EditorTabs</name>
    <message>
        <source>No key is open</source>
        <translation>没有打开的键</translation>
    </message>
    <message>
        <source>Pick a key in the tree to see its value. A middle click opens it in a tab of its own.</source>
        <translation>在树中选择一个键以查看其值。单击鼠标中键可在单独的标签页中打开。</translation>
    </message>
    <message>
        <source>%1 (not saved)</source>
        <translation>%1（未保存）</translation>
    </message>
    <message>
        <source>Close without saving?</source>
        <translation>不保存就关闭？</translation>
    </message>
    <message>
        <source>The text of %1 has not been saved.</source>
        <translation>%1 的文本尚未保存。</translation>
    </message>
    <message>
        <source>Discard and close</source>
        <translation>丢弃并关闭</translation>
    </message>
    <message>
        <source>Open keys</source>
        <translation>打开的键</translation>
    </message>
</context>
<context>
    <name>kvscope::ElementTableModel</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>分值</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
</context>
<context>
    <name>kvscope::Endpoint</name>
    <message>
        <source>a % must be followed by two hexadecimal digits</source>
        <translation>% 之后必须是两位十六进制数字</translation>
    </message>
    <message>
        <source>“%1” is not a database number</source>
        <translation>“%1”不是数据库编号</translation>
    </message>
    <message>
        <source>“%1” is not a port</source>
        <translation>“%1”不是端口号</translation>
    </message>
    <message>
        <source>the bracket of the IPv6 address is not closed</source>
        <translation>IPv6 地址的方括号没有闭合</translation>
    </message>
    <message>
        <source>only :port may follow the IPv6 address</source>
        <translation>IPv6 地址之后只能是 :port</translation>
    </message>
    <message>
        <source>an IPv6 address needs brackets, as in [::1]</source>
        <translation>IPv6 地址需要方括号，例如 [::1]</translation>
    </message>
    <message>
        <source>the host is missing</source>
        <translation>缺少主机</translation>
    </message>
    <message>
        <source>the host holds a blank</source>
        <translation>主机中含有空格</translation>
    </message>
    <message>
        <source>the option “%1” is unknown here</source>
        <translation>此处不支持选项“%1”</translation>
    </message>
    <message>
        <source>the path of the socket must begin with / (redis+unix:///path)</source>
        <translation>套接字路径必须以 / 开头 (redis+unix:///path)</translation>
    </message>
    <message>
        <source>the path of the socket is missing</source>
        <translation>缺少套接字路径</translation>
    </message>
    <message>
        <source>it has no scheme such as redis://</source>
        <translation>缺少协议，例如 redis://</translation>
    </message>
    <message>
        <source>the scheme “%1” is unknown</source>
        <translation>未知的协议“%1”</translation>
    </message>
</context>
<context>
    <name>kvscope::EngineBulk</name>
    <message>
        <source>the built-in engine holds no hashes</source>
        <translation>内置引擎不存放哈希</translation>
    </message>
    <message>
        <source>the engine&apos;s memory has no room for the value</source>
        <translation>引擎的内存放不下该值</translation>
    </message>
</context>
<context>
    <name>kvscope::EnginePanel</name>
    <message>
        <source>Built-in engine</source>
        <translation>内置引擎</translation>
    </message>
    <message>
        <source>Eviction policy</source>
        <translation>淘汰策略</translation>
    </message>
    <message>
        <source>Acts at once; the entries stay</source>
        <translation>立即生效；已有条目保留</translation>
    </message>
    <message>
        <source>Memory budget</source>
        <translation>内存预算</translation>
    </message>
    <message>
        <source>1 MB to 1 GB; a smaller budget evicts at once</source>
        <translation>1 MB 到 1 GB；调小预算会立即触发淘汰</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>entries</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>policy %1</source>
        <translation>策略 %1</translation>
    </message>
    <message>
        <source>budget %1</source>
        <translation>预算 %1</translation>
    </message>
</context>
<context>
    <name>kvscope::ErrorBar</name>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Hide this message</source>
        <translation>隐藏此消息</translation>
    </message>
</context>
<context>
    <name>kvscope::ErrorText</name>
    <message>
        <source>“%1” is not a store URL: %2.</source>
        <translation>“%1”不是有效的缓存 URL：%2。</translation>
    </message>
    <message>
        <source>Write redis://host:6379/0, rediss://host:6379, redis+unix:///path or engine:.</source>
        <translation>请使用 redis://host:6379/0、rediss://host:6379、redis+unix:///path 或 engine: 的形式。</translation>
    </message>
    <message>
        <source>No address was found for the host %1.</source>
        <translation>找不到主机 %1 的地址。</translation>
    </message>
    <message>
        <source>Check the name, or use its IP address.</source>
        <translation>请检查主机名，或改用 IP 地址。</translation>
    </message>
    <message>
        <source>%1 refused the connection.</source>
        <translation>%1 拒绝了连接。</translation>
    </message>
    <message>
        <source>Start the server, or check host and port and what the firewall lets through.</source>
        <translation>请启动服务器，或检查主机、端口以及防火墙规则。</translation>
    </message>
    <message>
        <source>%1 could not be reached: %2.</source>
        <translation>无法访问 %1：%2。</translation>
    </message>
    <message>
        <source>Check host, port and network, then retry.</source>
        <translation>请检查主机、端口和网络，然后重试。</translation>
    </message>
    <message>
        <source>The connection to %1 was closed.</source>
        <translation>与 %1 的连接已关闭。</translation>
    </message>
    <message>
        <source>It is tried again by itself; Retry does it now.</source>
        <translation>程序会自动重连；点击“重试”可立即重连。</translation>
    </message>
    <message>
        <source>No answer to %1 within %2 ms.</source>
        <translation>%1 在 %2 毫秒内没有应答。</translation>
    </message>
    <message>
        <source>%1 does not speak the Redis protocol; it answered “%2”.</source>
        <translation>%1 不支持 Redis 协议；它的应答是“%2”。</translation>
    </message>
    <message>
        <source>Check the port: this looks like another service.</source>
        <translation>请检查端口：这似乎是其他服务。</translation>
    </message>
    <message>
        <source>The server&apos;s answer could not be read: %1.</source>
        <translation>无法解析服务器的应答：%1。</translation>
    </message>
    <message>
        <source>The connection is opened anew; retry.</source>
        <translation>连接将重新建立；请重试。</translation>
    </message>
    <message>
        <source>The answer is larger than allowed (%1, limit %2).</source>
        <translation>应答超出允许的大小（%1，上限 %2）。</translation>
    </message>
    <message>
        <source>Read it in pages.</source>
        <translation>请分页读取。</translation>
    </message>
    <message>
        <source>TLS: the certificate for %1 expired on %2.</source>
        <translation>TLS：%1 的证书已于 %2 过期。</translation>
    </message>
    <message>
        <source>Renew it on the server, or pick another CA file in Connection › TLS.</source>
        <translation>请在服务器上更新证书，或在“连接 › TLS”中选择其他 CA 文件。</translation>
    </message>
    <message>
        <source>TLS: the certificate is not for the host %1.</source>
        <translation>TLS：证书与主机 %1 不匹配。</translation>
    </message>
    <message>
        <source>Use the name in the certificate, or set the server name in Connection › TLS.</source>
        <translation>请使用证书中的名称，或在“连接 › TLS”中设置服务器名称。</translation>
    </message>
    <message>
        <source>TLS: the certificate of %1 is not trusted: %2.</source>
        <translation>TLS：%1 的证书不受信任：%2。</translation>
    </message>
    <message>
        <source>Pick the CA file that signed it in Connection › TLS.</source>
        <translation>请在“连接 › TLS”中选择签发该证书的 CA 文件。</translation>
    </message>
    <message>
        <source>TLS with %1 failed: %2.</source>
        <translation>与 %1 的 TLS 连接失败：%2。</translation>
    </message>
    <message>
        <source>Check that the port speaks TLS and which versions it takes; see Connection › TLS.</source>
        <translation>请检查该端口是否启用 TLS 以及支持的版本；参见“连接 › TLS”。</translation>
    </message>
    <message>
        <source>TLS: the file %1 can&apos;t be used: %2.</source>
        <translation>TLS：无法使用文件 %1：%2。</translation>
    </message>
    <message>
        <source>Pick another file in Connection › TLS.</source>
        <translation>请在“连接 › TLS”中选择其他文件。</translation>
    </message>
    <message>
        <source>%1 asks for a password.</source>
        <translation>%1 要求密码。</translation>
    </message>
    <message>
        <source>Enter user and password in the connection.</source>
        <translation>请在连接中输入用户和密码。</translation>
    </message>
    <message>
        <source>The server did not accept the password of user %1.</source>
        <translation>服务器不接受用户 %1 的密码。</translation>
    </message>
    <message>
        <source>Check user and password in the connection.</source>
        <translation>请检查连接中的用户和密码。</translation>
    </message>
    <message>
        <source>This user may not run %1: %2.</source>
        <translation>该用户无权执行 %1：%2。</translation>
    </message>
    <message>
        <source>Ask for the right (ACL SETUSER), or connect as another user.</source>
        <translation>请申请权限 (ACL SETUSER)，或以其他用户连接。</translation>
    </message>
    <message>
        <source>%1 is still loading its data set into memory.</source>
        <translation>%1 仍在将数据集加载到内存中。</translation>
    </message>
    <message>
        <source>Wait a moment, then retry.</source>
        <translation>请稍候再重试。</translation>
    </message>
    <message>
        <source>The server is out of memory and refused the write: %1.</source>
        <translation>服务器内存不足，拒绝了写入：%1。</translation>
    </message>
    <message>
        <source>Raise maxmemory, allow eviction, or delete keys; nothing was changed.</source>
        <translation>请调高 maxmemory、允许淘汰或删除部分键；没有更改任何内容。</translation>
    </message>
    <message>
        <source>The server is a read-only replica.</source>
        <translation>该服务器是只读副本。</translation>
    </message>
    <message>
        <source>The server is a read-only replica and refused %1.</source>
        <translation>该服务器是只读副本，拒绝了 %1。</translation>
    </message>
    <message>
        <source>This server is a node of a Redis Cluster.</source>
        <translation>该服务器是 Redis Cluster 的节点。</translation>
    </message>
    <message>
        <source>This server is a node of a Redis Cluster; slot %1 is at %2.</source>
        <translation>该服务器是 Redis Cluster 的节点；槽 %1 位于 %2。</translation>
    </message>
    <message>
        <source>Cluster is not supported yet: this connection shows the node&apos;s own keys, read-only.</source>
        <translation>暂不支持 Cluster：此连接以只读方式显示该节点自身的键。</translation>
    </message>
    <message>
        <source>The server refuses scripts: %1.</source>
        <translation>服务器拒绝执行脚本：%1。</translation>
    </message>
    <message>
        <source>Saving uses WATCH instead.</source>
        <translation>保存时将改用 WATCH。</translation>
    </message>
    <message>
        <source>The key %1 now holds another type.</source>
        <translation>键 %1 的类型已改变。</translation>
    </message>
    <message>
        <source>Reload it.</source>
        <translation>请重新加载。</translation>
    </message>
    <message>
        <source>The server said: %1.</source>
        <translation>服务器返回：%1。</translation>
    </message>
    <message>
        <source>The connection is read-only; %1 was not sent.</source>
        <translation>此连接为只读；%1 未发送。</translation>
    </message>
    <message>
        <source>Open the connection read-write to change data.</source>
        <translation>请以读写方式打开连接后再修改数据。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>The key %1 does not exist.</source>
        <translation>键 %1 不存在。</translation>
    </message>
    <message>
        <source>It may have expired or been deleted; refresh.</source>
        <translation>它可能已过期或被删除；请刷新。</translation>
    </message>
    <message>
        <source>The key %1 exists already.</source>
        <translation>键 %1 已存在。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>The key %1 was changed by somebody else meanwhile; nothing was written.</source>
        <translation>键 %1 已被他人修改；没有写入任何内容。</translation>
    </message>
    <message>
        <source>Compare the versions, then save again.</source>
        <translation>请比较各版本后再保存。</translation>
    </message>
    <message>
        <source>A time to live of %1 would delete the key; it was refused.</source>
        <translation>将生存时间设为 %1 会删除该键；已拒绝。</translation>
    </message>
    <message>
        <source>Enter a time above zero, choose Persist, or delete the key.</source>
        <translation>请输入大于零的时间、选择“设为永久”，或删除该键。</translation>
    </message>
    <message>
        <source>The value is too large (%1, limit %2).</source>
        <translation>值过大（%1，上限 %2）。</translation>
    </message>
    <message>
        <source>A value of type %1 can&apos;t be opened here.</source>
        <translation>无法在此打开 %1 类型的值。</translation>
    </message>
    <message>
        <source>Not valid JSON: line %1, column %2: %3.</source>
        <translation>不是有效的 JSON：第 %1 行第 %2 列：%3。</translation>
    </message>
    <message>
        <source>Mend it there, or save it as plain text.</source>
        <translation>请修正该处，或保存为纯文本。</translation>
    </message>
    <message>
        <source>Nothing is at %1 in this document.</source>
        <translation>此文档中 %1 处没有内容。</translation>
    </message>
    <message>
        <source>Check the JSON pointer (RFC 6901).</source>
        <translation>请检查 JSON 指针 (RFC 6901)。</translation>
    </message>
    <message>
        <source>This store can&apos;t do that: %1.</source>
        <translation>此缓存不支持该操作：%1。</translation>
    </message>
    <message>
        <source>See kvscope --help.</source>
        <translation>参见 kvscope --help。</translation>
    </message>
    <message>
        <source>The file %1 can&apos;t be read: %2.</source>
        <translation>无法读取文件 %1：%2。</translation>
    </message>
    <message>
        <source>The file %1 can&apos;t be written: %2.</source>
        <translation>无法写入文件 %1：%2。</translation>
    </message>
    <message>
        <source>Choose another place, or free some space.</source>
        <translation>请选择其他位置，或释放一些空间。</translation>
    </message>
    <message>
        <source>%1 failed: %2.</source>
        <translation>%1 失败：%2。</translation>
    </message>
    <message>
        <source>Wrong usage: %1.</source>
        <translation>用法错误：%1。</translation>
    </message>
    <message>
        <source>This belongs to database %1, and another one was selected meanwhile; nothing was written.</source>
        <translation>这属于数据库 %1，而期间选择了另一个数据库；没有写入任何内容。</translation>
    </message>
    <message>
        <source>Your text is kept: select database %1 again, then save.</source>
        <translation>您的文本已保留：请重新选择数据库 %1，然后保存。</translation>
    </message>
    <message>
        <source>A time to live of %1 is too long; it was refused.</source>
        <translation>%1 的生存时间过长，已拒绝。</translation>
    </message>
    <message>
        <source>The longest is 100,000 years: enter less, or choose Persist.</source>
        <translation>最长为 100,000 年：请输入更短的时间，或选择“持久”。</translation>
    </message>
    <message>
        <source>Check its path and permissions.</source>
        <translation>请检查其路径和权限。</translation>
    </message>
    <message>
        <source>The binding can&apos;t be used: “%1” %2.</source>
        <translation>无法使用该绑定：“%1”%2。</translation>
    </message>
    <message>
        <source>Mend that member of the binding file.</source>
        <translation>请修正绑定文件中的该成员。</translation>
    </message>
    <message>
        <source>The database driver for %1 is not installed.</source>
        <translation>未安装 %1 的数据库驱动。</translation>
    </message>
    <message>
        <source>Install it: apt install %1.</source>
        <translation>请安装：apt install %1。</translation>
    </message>
    <message>
        <source>The rows have no column “%1”.</source>
        <translation>行中没有列“%1”。</translation>
    </message>
    <message>
        <source>Use one of: %1, or add it to the query.</source>
        <translation>请使用以下之一：%1，或把它加入查询。</translation>
    </message>
    <message>
        <source>The order (%1) is not unique: %2 occurs more than once.</source>
        <translation>顺序 (%1) 不唯一：%2 出现多次。</translation>
    </message>
    <message>
        <source>Add a column to “order” that makes it unique, or rows are lost between pages.</source>
        <translation>请在“order”中再加一列使其唯一，否则翻页时会丢失行。</translation>
    </message>
    <message>
        <source>The order column “%1” is NULL in some rows, so they can&apos;t be paged over.</source>
        <translation>顺序列“%1”在某些行中为 NULL，因此无法翻页。</translation>
    </message>
    <message>
        <source>Order by a column without NULLs, or leave those rows out of the query.</source>
        <translation>请按没有 NULL 的列排序，或在查询中排除这些行。</translation>
    </message>
    <message>
        <source>%1 keys are made by more than one row.</source>
        <translation>%1 个键由多行生成。</translation>
    </message>
    <message>
        <source>Make the key template tell the rows apart.</source>
        <translation>请让键模板能区分各行。</translation>
    </message>
    <message>
        <source>%1 of the entries differ, more than the %2 a repair may touch; nothing was repaired.</source>
        <translation>%1 的条目有差异，超过修复允许的 %2；没有修复任何条目。</translation>
    </message>
    <message>
        <source>Most likely the binding does not fit; look at some differences first.</source>
        <translation>多半是绑定不合适；请先查看一些差异。</translation>
    </message>
    <message>
        <source>The journal has no run %1.</source>
        <translation>日志中没有运行 %1。</translation>
    </message>
    <message>
        <source>“kvscope runs” lists them.</source>
        <translation>“kvscope runs” 会列出所有运行。</translation>
    </message>
    <message>
        <source>The store has restarted since; writes it acknowledged may be lost.</source>
        <translation>存储在此期间重启过；它已确认的写入可能丢失。</translation>
    </message>
    <message>
        <source>The pass starts anew; where the run has ended, resume it.</source>
        <translation>本轮从头开始；若运行已结束，请恢复它。</translation>
    </message>
    <message>
        <source>Somebody else is repairing “%1”: %2.</source>
        <translation>另有人正在修复“%1”：%2。</translation>
    </message>
    <message>
        <source>Wait until that run has ended; its lease ends seconds after it.</source>
        <translation>请等待该运行结束；其租约会在数秒后到期。</translation>
    </message>
    <message>
        <source>The lease on repairing “%1” went to somebody else; nothing was written after that.</source>
        <translation>修复“%1”的租约已归他人；此后没有写入任何内容。</translation>
    </message>
    <message>
        <source>Look at the other run, then resume this one if it is still needed.</source>
        <translation>请查看另一个运行，若仍需要再恢复本运行。</translation>
    </message>
    <message>
        <source>%1 of %2 replicas had taken the repairs over in time.</source>
        <translation>%2 个副本中只有 %1 个及时接收了修复。</translation>
    </message>
    <message>
        <source>The repairs stand on the primary; look at its replicas, then resume.</source>
        <translation>修复已在主节点上；请检查其副本，然后恢复。</translation>
    </message>
    <message>
        <source>The entries need about %1 and the store has room for %2: %3 of %4 rows. It would refuse writes when it is full.</source>
        <translation>这些条目约需 %1，而存储还有 %2 的空间：可容纳 %4 行中的 %3 行。写满后它会拒绝写入。</translation>
    </message>
    <message>
        <source>Raise maxmemory, choose an eviction policy, or warm fewer rows.</source>
        <translation>请调高 maxmemory、选择淘汰策略，或预热更少的行。</translation>
    </message>
    <message>
        <source>The store threw out %1 entries while %2 were written: it is full, and what is written now costs what is already there.</source>
        <translation>写入 %2 个条目期间存储淘汰了 %1 个条目：它已满，现在写入会挤掉已有的内容。</translation>
    </message>
    <message>
        <source>Give it more memory, or warm only what is asked for most (--order).</source>
        <translation>请给它更多内存，或只预热最常被请求的内容 (--order)。</translation>
    </message>
    <message>
        <source>“%1” can&apos;t be run as a language model: %2.</source>
        <translation>“%1”不能作为语言模型运行：%2。</translation>
    </message>
    <message>
        <source>The lab runs GGUF files of the Llama family (Llama, TinyLlama, SmolLM2, Qwen 2 and 3) in F32, F16, BF16, Q8_0, Q4_0, Q4_K or Q6_K.</source>
        <translation>实验室可运行 Llama 系列（Llama、TinyLlama、SmolLM2、Qwen 2 和 3）的 GGUF 文件，格式为 F32、F16、BF16、Q8_0、Q4_0、Q4_K 或 Q6_K。</translation>
    </message>
    <message>
        <source>The model could not go on: %1.</source>
        <translation>模型无法继续：%1。</translation>
    </message>
    <message>
        <source>Start the server, or check the path of the socket.</source>
        <translation>请启动服务器，或检查套接字的路径。</translation>
    </message>
    <message>
        <source>Check the path of the socket and who may open it, and that the server runs; then retry.</source>
        <translation>请检查套接字的路径和打开权限，以及服务器是否在运行；然后重试。</translation>
    </message>
    <message>
        <source>Check that it runs and can be reached, and what is asked of it.</source>
        <translation>请检查它是否在运行且可以访问，以及向它提出的请求。</translation>
    </message>
    <message>
        <source>Choose a database with a lower number.</source>
        <translation>请选择编号更小的数据库。</translation>
    </message>
    <message>
        <source>Close other clients or raise maxclients, then retry.</source>
        <translation>请关闭其他客户端或提高 maxclients，然后重试。</translation>
    </message>
    <message>
        <source>Some of the cluster&apos;s slots have no node: look at CLUSTER INFO, then retry.</source>
        <translation>集群的某些槽没有节点：请查看 CLUSTER INFO，然后重试。</translation>
    </message>
    <message>
        <source>Connect to its primary, or retry once they are linked again.</source>
        <translation>请连接到其主节点，或在它们重新连通后重试。</translation>
    </message>
    <message>
        <source>Look at the server&apos;s log and disk: it refuses writes that it can&apos;t save.</source>
        <translation>请查看服务器的日志和磁盘：它拒绝无法保存的写入。</translation>
    </message>
    <message>
        <source>Set a password on the server, or connect from its own host.</source>
        <translation>请在服务器上设置密码，或从其本机连接。</translation>
    </message>
    <message>
        <source>Wait until the script has ended, then retry.</source>
        <translation>请等脚本结束后重试。</translation>
    </message>
    <message>
        <source>%1 is still loading its data set into memory: %2 % done.</source>
        <translation>%1 仍在将数据集加载到内存：已完成 %2 %。</translation>
    </message>
    <message>
        <source>The key %1 holds a value of type %2.</source>
        <translation>键 %1 的值类型为 %2。</translation>
    </message>
    <message>
        <source>Only string values can be changed here; the window shows its elements.</source>
        <translation>这里只能更改字符串值；窗口会显示其元素。</translation>
    </message>
    <message>
        <source>The server may be busy or the network slow; retry.</source>
        <translation>服务器可能繁忙，或网络较慢；请重试。</translation>
    </message>
    <message>
        <source>Connect to its primary, or retry once it is one itself.</source>
        <translation>请连接到它的主节点，或等它自己成为主节点后重试。</translation>
    </message>
</context>
<context>
    <name>kvscope::ExperimentModel</name>
    <message>
        <source>policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>KV</source>
        <translation>KV</translation>
    </message>
    <message>
        <source>perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>fact recall</source>
        <translation>事实召回</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>KV bytes</source>
        <translation>KV 字节</translation>
    </message>
</context>
<context>
    <name>kvscope::ExperimentView</name>
    <message>
        <source>full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>sinks + window</source>
        <translation>汇 + 窗口</translation>
    </message>
    <message>
        <source>key norm</source>
        <translation>键范数</translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Budgets</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Cells that a policy may keep, several with commas between</source>
        <translation>策略可保留的单元数，多个用逗号分隔</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Experiments</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Ends after this token (Esc)</source>
        <translation>在此词元之后结束 (Esc)</translation>
    </message>
    <message>
        <source>Cancelled after %1</source>
        <translation>%1 后取消</translation>
    </message>
    <message>
        <source>Took %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>%1 with %2 costs %3 % of perplexity, and recall goes from %4 to %5.</source>
        <translation>%1（%2）使困惑度增加 %3 %，召回从 %4 变为 %5。</translation>
    </message>
    <message>
        <source>Perplexity over a text that the model was not trained on, in windows of 512 tokens; recall of one fact out of eight, 100 words later; speed at a window&apos;s end, beside whatever else runs.</source>
        <translation>困惑度：在模型未训练过的文本上，以 512 个词元为窗口；召回：八个事实之一，隔 100 个词；速度：在窗口末尾测得，同时有其他程序在运行。</translation>
    </message>
    <message>
        <source>+ rotated</source>
        <translation>+ 旋转</translation>
    </message>
    <message>
        <source>Each quantised format a second time, its keys and values turned by a Hadamard matrix first</source>
        <translation>每种量化格式再测一次，其键和值先经 Hadamard 矩阵旋转</translation>
    </message>
    <message>
        <source>Runs as a job: it goes on while another page is in front, and its report stays on the Jobs page</source>
        <translation>作为任务运行：切换到其他页面时继续进行，报告保留在“任务”页</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>kvscope::FileField</name>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>kvscope::FindBar</name>
    <message>
        <source>Find in this value</source>
        <translation>在此值中查找</translation>
    </message>
    <message>
        <source>Previous match (Shift+Enter)</source>
        <translation>上一个匹配项 (Shift+Enter)</translation>
    </message>
    <message>
        <source>Next match (Enter, F3)</source>
        <translation>下一个匹配项 (Enter, F3)</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
</context>
<context>
    <name>kvscope::Foot</name>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>正在连接 %1…</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%2 上的 %1</translation>
    </message>
    <message>
        <source>Lost %1; next attempt in %2 (number %3)</source>
        <translation>与 %1 的连接已断开；%2 后重试（第 %3 次）</translation>
    </message>
    <message>
        <source>Not connected to %1</source>
        <translation>未连接到 %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 keys</source>
        <translation>
            <numerusform>%1 个键</numerusform>
        </translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>内置引擎</translation>
    </message>
    <message>
        <source>%1 ops/s</source>
        <translation>%1 次/秒</translation>
    </message>
    <message>
        <source>Keys in this database</source>
        <translation>此数据库中的键</translation>
    </message>
    <message>
        <source>All commands that the store carried out in the last second, this window&apos;s own among them</source>
        <translation>存储在最近一秒执行的所有命令，包括本窗口自己的命令</translation>
    </message>
    <message>
        <source>%1 is loading its data set…</source>
        <translation>%1 正在加载数据集…</translation>
    </message>
</context>
<context>
    <name>kvscope::FreshnessChip</name>
    <message>
        <source>source not reached</source>
        <translation>无法访问数据源</translation>
    </message>
    <message>
        <source>Click to see the source row</source>
        <translation>点击查看数据源中的行</translation>
    </message>
    <message>
        <source>Freshness: %1</source>
        <translation>新鲜度：%1</translation>
    </message>
</context>
<context>
    <name>kvscope::GetVerb</name>
    <message>
        <source>--format is auto, json or hex</source>
        <translation>--format 须为 auto、json 或 hex</translation>
    </message>
</context>
<context>
    <name>kvscope::HeatMap</name>
    <message>
        <source>Cache by layer, head and token</source>
        <translation>按层、头和词元显示的缓存</translation>
    </message>
    <message>
        <source>Layer %1, kv head %2 · token %3 “%4”</source>
        <translation>层 %1，kv 头 %2 · 词元 %3“%4”</translation>
    </message>
    <message>
        <source>evicted</source>
        <translation>淘汰</translation>
    </message>
    <message numerus="yes">
        <source>%n tokens old</source>
        <translation>
            <numerusform>%n 个词元之前</numerusform>
        </translation>
    </message>
    <message>
        <source>pinned by hand</source>
        <translation>手动固定</translation>
    </message>
    <message>
        <source>%1 now</source>
        <translation>%1 现在</translation>
    </message>
    <message>
        <source>evicted %1–%2</source>
        <translation>已逐出 %1–%2</translation>
    </message>
    <message>
        <source>not measured: it was not computed here</source>
        <translation>未测量：它不是在此处计算的</translation>
    </message>
</context>
<context>
    <name>kvscope::HexView</name>
    <message>
        <source>Bytes of the value</source>
        <translation>值的字节</translation>
    </message>
</context>
<context>
    <name>kvscope::Job</name>
    <message>
        <source>Opening the source</source>
        <translation>正在打开数据源</translation>
    </message>
    <message>
        <source>%1 keys are made by more than one row; the key template should tell them apart</source>
        <translation>%1 个键由多行生成；键模板应能区分它们</translation>
    </message>
    <message>
        <source>Counting rows</source>
        <translation>正在统计行数</translation>
    </message>
    <message>
        <source>The source does not tell how many rows there are, so all are compared instead of a sample.</source>
        <translation>数据源不告知行数，因此比较全部行而不抽样。</translation>
    </message>
    <message>
        <source>Comparing rows</source>
        <translation>正在比较行</translation>
    </message>
    <message>
        <source>Reading the keys again</source>
        <translation>正在重新读取键</translation>
    </message>
    <message>
        <source>Looking for orphans</source>
        <translation>正在查找孤儿条目</translation>
    </message>
    <message>
        <source>Looking again at what differed</source>
        <translation>正在复查有差异的内容</translation>
    </message>
    <message>
        <source>more than one row makes this key</source>
        <translation>多行生成此键</translation>
    </message>
    <message>
        <source>holds a value of another type</source>
        <translation>保存的是另一种类型的值</translation>
    </message>
    <message>
        <source>Repairing</source>
        <translation>正在修复</translation>
    </message>
    <message>
        <source>About %1 an entry; how many there will be is not known.</source>
        <translation>每个条目约 %1；会有多少条目未知。</translation>
    </message>
    <message>
        <source>%1 rows need about %2 (%3 an entry)</source>
        <translation>%1 行约需 %2（每个条目 %3）</translation>
    </message>
    <message>
        <source>; the store has no limit.</source>
        <translation>；存储没有上限。</translation>
    </message>
    <message>
        <source>; the store has room for %1</source>
        <translation>；存储还有 %1 的空间</translation>
    </message>
    <message>
        <source>, about %1 rows.</source>
        <translation>，约 %1 行。</translation>
    </message>
    <message>
        <source>It will throw entries out to make room.</source>
        <translation>它会淘汰条目以腾出空间。</translation>
    </message>
    <message>
        <source>In step, lag %1</source>
        <translation>已同步，滞后 %1</translation>
    </message>
    <message>
        <source>In step, nothing changed yet</source>
        <translation>已同步，尚无变更</translation>
    </message>
    <message>
        <source>Making the demo database</source>
        <translation>正在制作演示数据库</translation>
    </message>
    <message>
        <source>%1 changed since and was kept</source>
        <translation>%1 此后已变更，予以保留</translation>
    </message>
    <message>
        <source>the store answers others slowly</source>
        <translation>存储对其他客户端应答缓慢</translation>
    </message>
    <message>
        <source>the store is evicting entries</source>
        <translation>存储正在淘汰条目</translation>
    </message>
    <message>
        <source>the store&apos;s memory is nearly full</source>
        <translation>存储的内存将满</translation>
    </message>
    <message>
        <source>a replica is far behind</source>
        <translation>某个副本落后很多</translation>
    </message>
    <message>
        <source>the source answers slowly</source>
        <translation>数据源应答缓慢</translation>
    </message>
    <message>
        <source>%1; %2 now</source>
        <translation>%1；现为 %2</translation>
    </message>
    <message>
        <source>Comparing with the primary</source>
        <translation>正在与主节点比较</translation>
    </message>
    <message>
        <source>sync follows a version column, and the binding names none</source>
        <translation>sync 跟随版本列，而绑定未指定版本列</translation>
    </message>
    <message>
        <source>sync needs a key that tells which row it came from</source>
        <translation>sync 需要能看出来自哪一行的键</translation>
    </message>
    <message>
        <source>The binding reads more than one table: put the one that holds the key&apos;s columns in place of YOUR_TABLE.</source>
        <translation>绑定读取多个表：请把 YOUR_TABLE 换成含有键列的表。</translation>
    </message>
    <message numerus="yes">
        <source>%n entries have no row, more than half of those that were looked at: most likely the binding does not fit, and none is removed.</source>
        <translation>
            <numerusform>%n 个条目没有对应的行，超过所查看条目的一半：多半是绑定不合适，因此一个也不移除。</numerusform>
        </translation>
    </message>
    <message>
        <source>Putting back</source>
        <translation>正在放回</translation>
    </message>
    <message>
        <source>Ranking what to write first</source>
        <translation>正在排定先写哪些</translation>
    </message>
    <message>
        <source>Warming up what comes first</source>
        <translation>正在预热最先的部分</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>正在预热</translation>
    </message>
    <message>
        <source>%1 holds a value of another type and was left alone</source>
        <translation>%1 保存的是另一种类型的值，未动它</translation>
    </message>
    <message>
        <source>not repaired: it is larger than the %1 that are kept to put it back</source>
        <translation>未修复：它大于为放回而保存的上限 %1</translation>
    </message>
    <message>
        <source>%1: not written; what is there is larger than the %2 that are read to compare versions</source>
        <translation>%1：未写入；现有内容大于为比较版本而读取的上限 %2</translation>
    </message>
</context>
<context>
    <name>kvscope::JobStrip</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause the job</source>
        <translation>暂停任务</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>取消任务</translation>
    </message>
</context>
<context>
    <name>kvscope::JobVerb</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>--%1 is a number above 0</source>
        <translation>--%1 是大于 0 的数</translation>
    </message>
    <message>
        <source>%1 needs --store URL</source>
        <translation>%1 需要 --store URL</translation>
    </message>
</context>
<context>
    <name>kvscope::JobWords</name>
    <message>
        <source>all agree</source>
        <translation>全部一致</translation>
    </message>
    <message>
        <source>%1 repaired</source>
        <translation>已修复 %1</translation>
    </message>
    <message>
        <source>%1 written</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>%1 kept as they were</source>
        <translation>%1 个保持原样</translation>
    </message>
    <message>
        <source>%1 skipped</source>
        <translation>跳过 %1</translation>
    </message>
    <message>
        <source>%1 put back</source>
        <translation>放回 %1</translation>
    </message>
    <message>
        <source>%1 changed since</source>
        <translation>%1 个此后已变更</translation>
    </message>
    <message>
        <source>%1 right by now</source>
        <translation>%1 个现已正确</translation>
    </message>
    <message>
        <source>%1 left alone</source>
        <translation>%1 个未动</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Check and repair</source>
        <translation>检查并修复</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Keep in sync</source>
        <translation>保持同步</translation>
    </message>
    <message>
        <source>agree</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>陈旧</translation>
    </message>
    <message>
        <source>ahead</source>
        <translation>超前</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>分歧</translation>
    </message>
    <message>
        <source>corrupt</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>orphan</source>
        <translation>孤儿</translation>
    </message>
    <message>
        <source>no TTL</source>
        <translation>无 TTL</translation>
    </message>
    <message>
        <source>TTL too long</source>
        <translation>TTL 过长</translation>
    </message>
    <message>
        <source>TTL too short</source>
        <translation>TTL 过短</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>transient</source>
        <translation>瞬时</translation>
    </message>
    <message>
        <source>The entry says what its row says</source>
        <translation>条目与其行一致</translation>
    </message>
    <message>
        <source>A row without an entry</source>
        <translation>有行而无条目</translation>
    </message>
    <message>
        <source>Another value, of an older version</source>
        <translation>另一个值，版本较旧</translation>
    </message>
    <message>
        <source>Another value, of a newer version than the row</source>
        <translation>另一个值，版本比行更新</translation>
    </message>
    <message>
        <source>Another value, of the same version</source>
        <translation>另一个值，版本相同</translation>
    </message>
    <message>
        <source>Not of the form it should have</source>
        <translation>形式不符</translation>
    </message>
    <message>
        <source>An entry without a row</source>
        <translation>有条目而无行</translation>
    </message>
    <message>
        <source>The value agrees; it never expires</source>
        <translation>值一致；但它永不过期</translation>
    </message>
    <message>
        <source>The value agrees; it lives longer than it may</source>
        <translation>值一致；但它存活得比允许的更久</translation>
    </message>
    <message>
        <source>The value agrees; it lives shorter than it should</source>
        <translation>值一致；但它存活得比应有的更短</translation>
    </message>
    <message>
        <source>Could not be compared</source>
        <translation>无法比较</translation>
    </message>
    <message>
        <source>Differed once and was otherwise when it was looked at again</source>
        <translation>曾有差异，复查时已不同</translation>
    </message>
    <message>
        <source>running…</source>
        <translation>正在运行…</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>%1 nines</source>
        <translation>%1 个九</translation>
    </message>
    <message>
        <source>fresh</source>
        <translation>新鲜</translation>
    </message>
    <message>
        <source>%1 when it was checked %2 ago (%3)</source>
        <translation>%2前检查时为%1（%3）</translation>
    </message>
    <message>
        <source>lag %1 (p99)</source>
        <translation>滞后 %1 (p99)</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>滞后 %1</translation>
    </message>
    <message>
        <source>would write %1</source>
        <translation>将写入 %1</translation>
    </message>
    <message>
        <source>would keep %1 as they are</source>
        <translation>将保留 %1 不变</translation>
    </message>
    <message numerus="yes">
        <source>%n settings measured</source>
        <translation>
            <numerusform>已测量 %n 种设置</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 deleted</source>
        <translation>
            <numerusform>删除 %1 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 written anew</source>
        <translation>
            <numerusform>重新写入 %1 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 filled</source>
        <translation>
            <numerusform>填充 %1 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 given the TTL they should have</source>
        <translation>
            <numerusform>%1 个设为应有的 TTL</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Check of a replica</source>
        <translation>副本检查</translation>
    </message>
    <message>
        <source>Warm-up of KV blocks</source>
        <translation>KV 块预热</translation>
    </message>
    <message>
        <source>Check and deletion of KV blocks</source>
        <translation>KV 块检查与删除</translation>
    </message>
    <message>
        <source>Check of KV blocks</source>
        <translation>KV 块检查</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Warm-up, hottest first</source>
        <translation>预热，最热者优先</translation>
    </message>
    <message>
        <source>Warm-up by LFU counters</source>
        <translation>按 LFU 计数器预热</translation>
    </message>
    <message>
        <source>Warm-up by %1</source>
        <translation>按 %1 预热</translation>
    </message>
    <message>
        <source>Warm-up as predicted</source>
        <translation>按预测预热</translation>
    </message>
    <message>
        <source>Warm-up by benefit</source>
        <translation>按收益预热</translation>
    </message>
</context>
<context>
    <name>kvscope::JobsPage</name>
    <message>
        <source>Warm up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Keep in sync</source>
        <translation>保持同步</translation>
    </message>
    <message>
        <source>Edit binding</source>
        <translation>编辑绑定</translation>
    </message>
    <message>
        <source>No binding yet</source>
        <translation>还没有绑定</translation>
    </message>
    <message>
        <source>A binding ties a key such as user:{id} to the rows of a table. With one, KV Scope can fill this cache from the database, prove it right and repair it.</source>
        <translation>绑定把形如 user:{id} 的键与某个表的行联系起来。有了它，KV Scope 就能从数据库填充此缓存、证明其正确并加以修复。</translation>
    </message>
    <message>
        <source>New binding</source>
        <translation>新建绑定</translation>
    </message>
    <message numerus="yes">
        <source>every %n min, next at %1</source>
        <translation>
            <numerusform>每 %n 分钟一次，下次于 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Binding</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>%1 on a production store?</source>
        <translation>要在生产存储上执行“%1”吗？</translation>
    </message>
    <message>
        <source>This writes to %1, which is marked as production. Every entry is compared once more at the moment it is written.</source>
        <translation>这会写入标记为生产环境的 %1。每个条目在写入的那一刻都会再比较一次。</translation>
    </message>
    <message>
        <source>Check and repair</source>
        <translation>检查并修复</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>已保存 %1。</translation>
    </message>
    <message>
        <source>Undo this run?</source>
        <translation>撤销这次运行？</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Delete the binding %1?</source>
        <translation>删除绑定 %1？</translation>
    </message>
    <message>
        <source>The file %1 is deleted. Store, source and the journal&apos;s runs stay as they are.</source>
        <translation>文件 %1 会被删除。存储、数据源和日志中的运行保持不变。</translation>
    </message>
    <message>
        <source>Folder of the bindings</source>
        <translation>绑定所在的文件夹</translation>
    </message>
    <message>
        <source>Every .json file of this folder is a binding; a team can keep them in version control. A folder that is not there yet is made.</source>
        <translation>此文件夹中的每个 .json 文件都是一个绑定；团队可以把它们纳入版本控制。文件夹不存在时会自动创建。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用它</translation>
    </message>
    <message>
        <source>Write a whole path.</source>
        <translation>请写完整路径。</translation>
    </message>
    <message>
        <source>That is a file.</source>
        <translation>这是一个文件。</translation>
    </message>
    <message>
        <source>The folder of the bindings</source>
        <translation>绑定文件夹</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>%1 of %2: %3.</source>
        <translation>%2 的%1：%3。</translation>
    </message>
    <message numerus="yes">
        <source>%1 entries are put back as they were, value and TTL, where the store still holds what the run wrote; those that it made are taken away again. What changed since is kept and told.</source>
        <translation>
            <numerusform>在存储仍保存着该运行所写内容之处，%1 个条目的值和 TTL 会恢复原样；由它创建的会被移除。此后更改过的会保留并列出。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::JobsTarget</name>
    <message>
        <source>Open a store first (Ctrl+O)</source>
        <translation>请先打开存储 (Ctrl+O)</translation>
    </message>
    <message>
        <source>The store is not connected yet</source>
        <translation>存储尚未连接</translation>
    </message>
    <message>
        <source>This store was opened read-only</source>
        <translation>此存储以只读方式打开</translation>
    </message>
</context>
<context>
    <name>kvscope::JsonError</name>
    <message>
        <source>there is nothing but white space</source>
        <translation>只有空白字符</translation>
    </message>
    <message>
        <source>it begins with a byte-order mark</source>
        <translation>以字节顺序标记 (BOM) 开头</translation>
    </message>
    <message>
        <source>a byte that is not UTF-8</source>
        <translation>有不是 UTF-8 的字节</translation>
    </message>
    <message>
        <source>the text ends too early</source>
        <translation>文本过早结束</translation>
    </message>
    <message>
        <source>a value was expected</source>
        <translation>此处应为值</translation>
    </message>
    <message>
        <source>a member name in double quotes was expected</source>
        <translation>此处应为双引号括起的成员名</translation>
    </message>
    <message>
        <source>“:” was expected behind the member name</source>
        <translation>成员名之后应为“:”</translation>
    </message>
    <message>
        <source>“,” or “]” was expected</source>
        <translation>此处应为“,”或“]”</translation>
    </message>
    <message>
        <source>“,” or “}” was expected</source>
        <translation>此处应为“,”或“}”</translation>
    </message>
    <message>
        <source>nothing follows the comma</source>
        <translation>逗号之后没有内容</translation>
    </message>
    <message>
        <source>the string that begins here is not closed</source>
        <translation>从此处开始的字符串没有闭合</translation>
    </message>
    <message>
        <source>a control character in a string must be escaped</source>
        <translation>字符串中的控制字符必须转义</translation>
    </message>
    <message>
        <source>an escape that JSON does not have</source>
        <translation>JSON 中没有这种转义</translation>
    </message>
    <message>
        <source>“\u” needs four hexadecimal digits</source>
        <translation>“\u”之后需要四位十六进制数字</translation>
    </message>
    <message>
        <source>a number can&apos;t begin with a zero and another digit</source>
        <translation>数字不能有前导零</translation>
    </message>
    <message>
        <source>a digit was expected in the number</source>
        <translation>数字中此处应为数位</translation>
    </message>
    <message>
        <source>only true, false and null are written without quotes</source>
        <translation>只有 true、false 和 null 可以不加引号</translation>
    </message>
    <message>
        <source>strings stand in double quotes</source>
        <translation>字符串必须用双引号括起</translation>
    </message>
    <message>
        <source>JSON has no comments</source>
        <translation>JSON 不支持注释</translation>
    </message>
    <message>
        <source>there is more text behind the end of the value</source>
        <translation>值结束之后还有多余的文本</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>it is larger than 4 GB</source>
        <translation>大于 4 GB</translation>
    </message>
</context>
<context>
    <name>kvscope::JsonTreeModel</name>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>boolean</source>
        <translation>布尔值</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>string</source>
        <translation>字符串</translation>
    </message>
    <message>
        <source>array</source>
        <translation>数组</translation>
    </message>
    <message>
        <source>object</source>
        <translation>对象</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n 个成员</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n 个元素</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
</context>
<context>
    <name>kvscope::JsonTreeView</name>
    <message>
        <source>Tree of the value</source>
        <translation>值的树</translation>
    </message>
    <message>
        <source>Add a member</source>
        <translation>添加成员</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>The object is no longer there.</source>
        <translation>该对象已不存在。</translation>
    </message>
    <message>
        <source>The object has a member of this name.</source>
        <translation>该对象已有同名成员。</translation>
    </message>
    <message>
        <source>Edit value</source>
        <translation>编辑值</translation>
    </message>
    <message>
        <source>Rename member</source>
        <translation>重命名成员</translation>
    </message>
    <message>
        <source>Add member or element</source>
        <translation>添加成员或元素</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Copy value</source>
        <translation>复制值</translation>
    </message>
    <message>
        <source>Copy pointer</source>
        <translation>复制指针</translation>
    </message>
</context>
<context>
    <name>kvscope::KeyActions</name>
    <message>
        <source>Rename key</source>
        <translation>重命名键</translation>
    </message>
    <message>
        <source>New name. Bytes that can&apos;t be typed are written \xHH, a backslash \\.</source>
        <translation>新键名。无法键入的字节写成 \xHH，反斜杠写成 \\。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>A backslash stands alone: write \\ or \xHH.</source>
        <translation>有单独的反斜杠：请写成 \\ 或 \xHH。</translation>
    </message>
    <message>
        <source>That is its name already.</source>
        <translation>键名没有变化。</translation>
    </message>
    <message>
        <source>Copied a value of %1.</source>
        <translation>已复制值（%1）。</translation>
    </message>
    <message>
        <source>Copied the command that makes the key.</source>
        <translation>已复制创建该键的命令。</translation>
    </message>
    <message>
        <source>Save value to file</source>
        <translation>将值保存到文件</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Wrote %1 to %2.</source>
        <translation>已将 %1 写入 %2。</translation>
    </message>
    <message>
        <source>Load value from file</source>
        <translation>从文件加载值</translation>
    </message>
    <message>
        <source>Replace the value?</source>
        <translation>替换值？</translation>
    </message>
    <message>
        <source>%1 holds %2 and gets %3 from the file. Its expiry stays.</source>
        <translation>%1 现有 %2，将替换为文件中的 %3。过期时间保持不变。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Loaded a value of %1.</source>
        <translation>已加载值（%1）。</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… 还有 %1 个</translation>
    </message>
    <message>
        <source>Delete this key?</source>
        <translation>删除此键？</translation>
    </message>
    <message>
        <source>Delete %1 keys?</source>
        <translation>删除 %1 个键？</translation>
    </message>
    <message>
        <source>Only these keys, as they were seen, are deleted. This can&apos;t be undone.</source>
        <translation>只删除所列的这些键。此操作无法撤销。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Deleted %1 of %2 keys.</source>
        <translation>已删除 %1 个键，共 %2 个。</translation>
    </message>
    <message>
        <source>This can&apos;t be undone.</source>
        <translation>此操作无法撤销。</translation>
    </message>
</context>
<context>
    <name>kvscope::KeyTreeView</name>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>键</translation>
    </message>
</context>
<context>
    <name>kvscope::KvBlockNote</name>
    <message>
        <source>%1 rotated</source>
        <translation>%1，已旋转</translation>
    </message>
    <message numerus="yes">
        <source>KV block of %n tokens, %1</source>
        <translation>
            <numerusform>%n 个词元的 KV 块，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>KV block, damaged</source>
        <translation>KV 块，已损坏</translation>
    </message>
    <message numerus="yes">
        <source>Keys and values of %n tokens for the model %1, as %2: %3 behind a header of %4 bytes</source>
        <translation>
            <numerusform>模型 %1 的 %n 个词元的键和值，格式 %2：%4 字节头部之后 %3</numerusform>
        </translation>
    </message>
    <message>
        <source>Tokens: %1</source>
        <translation>词元：%1</translation>
    </message>
    <message>
        <source>The first block of its texts</source>
        <translation>其文本的首块</translation>
    </message>
    <message>
        <source>Behind another block, by its hash</source>
        <translation>接在另一个块之后（按其哈希）</translation>
    </message>
    <message>
        <source>Its checksum agrees</source>
        <translation>校验和一致</translation>
    </message>
    <message>
        <source>Its length or checksum does not agree</source>
        <translation>长度或校验和不一致</translation>
    </message>
</context>
<context>
    <name>kvscope::KvFault</name>
    <message>
        <source>it is not a GGUF file</source>
        <translation>它不是 GGUF 文件</translation>
    </message>
    <message>
        <source>it is damaged at %1 (%2)</source>
        <translation>它在 %1 处损坏 (%2)</translation>
    </message>
    <message>
        <source>its %1 is “%2”, which is not supported</source>
        <translation>其 %1 为“%2”，不受支持</translation>
    </message>
    <message>
        <source>it does not say %1</source>
        <translation>它没有说明 %1</translation>
    </message>
    <message>
        <source>its %1 can&apos;t be %2</source>
        <translation>其 %1 不能是 %2</translation>
    </message>
    <message>
        <source>the tensor %1 is not in it</source>
        <translation>其中没有张量 %1</translation>
    </message>
    <message>
        <source>the tensor %1 is %2, which is not supported</source>
        <translation>张量 %1 为 %2，不受支持</translation>
    </message>
    <message>
        <source>the tensor %1 is %2 where %3 is needed</source>
        <translation>张量 %1 为 %2，而需要 %3</translation>
    </message>
    <message>
        <source>%1 is not a token: the vocabulary has %2</source>
        <translation>%1 不是词元：词表有 %2 个</translation>
    </message>
    <message>
        <source>its context holds %1 tokens and is full</source>
        <translation>其上下文容纳 %1 个词元，已满</translation>
    </message>
    <message>
        <source>the saved cache is of another %1</source>
        <translation>保存的缓存属于另一个 %1</translation>
    </message>
    <message>
        <source>“%1” is not understood, only %2</source>
        <translation>无法识别“%1”，只支持 %2</translation>
    </message>
    <message>
        <source>%1 bytes of memory could not be had</source>
        <translation>无法获得 %1 字节内存</translation>
    </message>
</context>
<context>
    <name>kvscope::Lab</name>
    <message>
        <source>L1 engine</source>
        <translation>L1 引擎</translation>
    </message>
    <message>
        <source>L2 Redis</source>
        <translation>L2 Redis</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>window %1</source>
        <translation>窗口 %1</translation>
    </message>
    <message>
        <source>sinks %1 + window %2</source>
        <translation>汇 %1 + 窗口 %2</translation>
    </message>
    <message>
        <source>H2O %1</source>
        <translation>H2O %1</translation>
    </message>
    <message>
        <source>SnapKV %1</source>
        <translation>SnapKV %1</translation>
    </message>
    <message>
        <source>key norm %1</source>
        <translation>键范数 %1</translation>
    </message>
    <message>
        <source>random %1</source>
        <translation>随机 %1</translation>
    </message>
    <message>
        <source>%1 rotated</source>
        <translation>%1 旋转</translation>
    </message>
    <message>
        <source>attention mass</source>
        <translation>注意力质量</translation>
    </message>
    <message>
        <source>key norm</source>
        <translation>键范数</translation>
    </message>
    <message>
        <source>age</source>
        <translation>年龄</translation>
    </message>
    <message>
        <source>quantisation error</source>
        <translation>量化误差</translation>
    </message>
    <message>
        <source>cache off</source>
        <translation>关闭缓存</translation>
    </message>
</context>
<context>
    <name>kvscope::LabControls</name>
    <message>
        <source>How fast it decodes</source>
        <translation>解码速度</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>vs nothing</source>
        <translation>不对照</translation>
    </message>
    <message>
        <source>vs cache off</source>
        <translation>对照：关闭缓存</translation>
    </message>
    <message>
        <source>step by step</source>
        <translation>逐步</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>慢速</translation>
    </message>
    <message>
        <source>full pace</source>
        <translation>全速</translation>
    </message>
    <message>
        <source>Tokens to generate</source>
        <translation>要生成的词元数</translation>
    </message>
    <message>
        <source>Save, restore or verify the cache; go on decoding</source>
        <translation>保存、恢复或验证缓存；继续解码</translation>
    </message>
    <message>
        <source>Decode one token (F10)</source>
        <translation>解码一个词元 (F10)</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>What the model shall go on from; Return generates</source>
        <translation>模型要接着写的文本；按 Return 生成</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop after this token (Esc)</source>
        <translation>在此词元之后停止 (Esc)</translation>
    </message>
    <message>
        <source>Generate from the prompt (Return in the prompt)</source>
        <translation>由提示生成（在提示中按 Return）</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Generates the same beside it in another way, and compares</source>
        <translation>以另一种方式并排生成相同内容并比较</translation>
    </message>
    <message>
        <source>vs another cache</source>
        <translation>与另一个缓存对比</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The model goes on from a text</source>
        <translation>模型接着一段文本写下去</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Turn by turn; the cache keeps the turns before, and only new tokens are computed</source>
        <translation>一轮接一轮；缓存保留之前各轮，只计算新的词元</translation>
    </message>
    <message>
        <source>Your turn</source>
        <translation>您的发言</translation>
    </message>
    <message>
        <source>Tell it something, or ask: a question is written as “Q: … A:”</source>
        <translation>告诉它一些事或提问：问题写作“Q: … A:”</translation>
    </message>
    <message>
        <source>Ends this chat; the next turn begins another one (Ctrl+N)</source>
        <translation>结束此对话；下一轮开始新的对话 (Ctrl+N)</translation>
    </message>
    <message>
        <source>How tokens are chosen, and what happens when the context is full</source>
        <translation>如何选择词元，以及上下文填满时怎么办</translation>
    </message>
    <message>
        <source>As it is until the next chat</source>
        <translation>在下一次对话之前保持不变</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Say it (Return in the field)</source>
        <translation>发送（在输入框中按 Return）</translation>
    </message>
</context>
<context>
    <name>kvscope::LabJobs</name>
    <message>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
</context>
<context>
    <name>kvscope::LabPage</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>Experiments</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>No model came with this build. Open a GGUF file of the Llama or Qwen family: Llama, TinyLlama, SmolLM2, Qwen2, Qwen3.</source>
        <translation>此构建不带模型。请打开 Llama 或 Qwen 系列的 GGUF 文件：Llama、TinyLlama、SmolLM2、Qwen2、Qwen3。</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>Open another model (a GGUF file)</source>
        <translation>打开另一个模型（GGUF 文件）</translation>
    </message>
    <message>
        <source>Save the page&apos;s figures</source>
        <translation>保存此页的数据</translation>
    </message>
    <message>
        <source>Saved caches (*.kvcache)</source>
        <translation>保存的缓存 (*.kvcache)</translation>
    </message>
    <message numerus="yes">
        <source>Go on for %n tokens</source>
        <translation>
            <numerusform>继续 %n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>Verify against a recomputation</source>
        <translation>与重新计算核对</translation>
    </message>
    <message>
        <source>Save the cache to a file…</source>
        <translation>把缓存保存到文件…</translation>
    </message>
    <message>
        <source>Save the cache</source>
        <translation>保存缓存</translation>
    </message>
    <message>
        <source>Restore a cache from a file…</source>
        <translation>从文件恢复缓存…</translation>
    </message>
    <message>
        <source>Restore a cache</source>
        <translation>恢复缓存</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>已保存 %1。</translation>
    </message>
    <message>
        <source>Restored %1: decoding can go on where it was.</source>
        <translation>已恢复 %1：可以从原处继续解码。</translation>
    </message>
    <message>
        <source>Verified: every block equals its recomputation, byte for byte.</source>
        <translation>已核对：每个块都与重新计算逐字节相同。</translation>
    </message>
    <message numerus="yes">
        <source>%n blocks differ from their recomputation.</source>
        <translation>
            <numerusform>%n 个块与重新计算不同。</numerusform>
        </translation>
    </message>
    <message>
        <source>loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>%1 layers · %2 q / %3 kv heads · head %4</source>
        <translation>%1 层 · %2 q / %3 kv 头 · 头维 %4</translation>
    </message>
    <message>
        <source>%1, %2 parameters, trained for %3 tokens</source>
        <translation>%1，%2 个参数，按 %3 个词元训练</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>模型 (*.gguf)</translation>
    </message>
    <message>
        <source>Save a picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Save a table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>not written</source>
        <translation>未写入</translation>
    </message>
    <message>
        <source>Serving trace</source>
        <translation>服务轨迹</translation>
    </message>
    <message>
        <source>Pictures (PNG)</source>
        <translation>图片 (PNG)</translation>
    </message>
    <message>
        <source>The page…</source>
        <translation>整个页面…</translation>
    </message>
    <message>
        <source>Tokens…</source>
        <translation>词元…</translation>
    </message>
    <message>
        <source>KL by token…</source>
        <translation>逐词元 KL…</translation>
    </message>
    <message>
        <source>Heat map…</source>
        <translation>热图…</translation>
    </message>
    <message>
        <source>Tokens per second…</source>
        <translation>每秒词元数…</translation>
    </message>
    <message>
        <source>Memory…</source>
        <translation>内存…</translation>
    </message>
    <message>
        <source>Blocks…</source>
        <translation>块…</translation>
    </message>
    <message>
        <source>Tables (CSV)</source>
        <translation>表格 (CSV)</translation>
    </message>
    <message>
        <source>Tokens, with KL…</source>
        <translation>词元及 KL…</translation>
    </message>
    <message>
        <source>Experiments…</source>
        <translation>实验…</translation>
    </message>
    <message>
        <source>Serving trace…</source>
        <translation>服务轨迹…</translation>
    </message>
    <message>
        <source>Capacity…</source>
        <translation>容量…</translation>
    </message>
    <message>
        <source>This generation (JSON)…</source>
        <translation>本次生成 (JSON)…</translation>
    </message>
    <message>
        <source>Save the generation</source>
        <translation>保存本次生成</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
</context>
<context>
    <name>kvscope::LabReplay</name>
    <message>
        <source>--blocks is a list of whole numbers from 1 up, or inf, such as 1000,10000,inf</source>
        <translation>--blocks 是从 1 起的整数或 inf 的列表，例如 1000,10000,inf</translation>
    </message>
    <message>
        <source>--policy is a list of %1, not “%2”</source>
        <translation>--policy 是 %1 的列表，不能是“%2”</translation>
    </message>
    <message>
        <source>--blocks and --policy are needed, such as --blocks 1000,inf --policy lru,fifo</source>
        <translation>需要 --blocks 和 --policy，例如 --blocks 1000,inf --policy lru,fifo</translation>
    </message>
    <message>
        <source>zstd can&apos;t unpack it: %1</source>
        <translation>zstd 无法解压：%1</translation>
    </message>
    <message>
        <source>it ends in the middle of its compressed data</source>
        <translation>在压缩数据中间结束</translation>
    </message>
    <message>
        <source>it is compressed with zstd, which this build can&apos;t unpack</source>
        <translation>它经 zstd 压缩，而此构建不能解压</translation>
    </message>
    <message>
        <source>line %1 is not a JSON object</source>
        <translation>第 %1 行不是 JSON 对象</translation>
    </message>
    <message>
        <source>line %1 has no hash_ids</source>
        <translation>第 %1 行没有 hash_ids</translation>
    </message>
    <message>
        <source>line %1: hash_ids is not an array of whole numbers</source>
        <translation>第 %1 行：hash_ids 不是整数数组</translation>
    </message>
    <message>
        <source>line %1 has no input_length</source>
        <translation>第 %1 行没有 input_length</translation>
    </message>
    <message>
        <source>line %1: input_length is not a whole number from 0 up to 2^32</source>
        <translation>第 %1 行：input_length 不是 0 到 2^32 的整数</translation>
    </message>
    <message>
        <source>line %1 is longer than %2</source>
        <translation>第 %1 行超过 %2</translation>
    </message>
    <message>
        <source>at line %1 it has more than %2 blocks; replay a part of it</source>
        <translation>到第 %1 行已超过 %2 个块；请只重放其中一部分</translation>
    </message>
    <message>
        <source>there is no request in it</source>
        <translation>其中没有请求</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>块</translation>
    </message>
    <message>
        <source>references</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>hits</source>
        <translation>命中</translation>
    </message>
    <message>
        <source>hit ratio</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>tokens saved</source>
        <translation>节省的词元</translation>
    </message>
    <message>
        <source>time saved</source>
        <translation>节省的时间</translation>
    </message>
    <message>
        <source>Time saved is that of a prefill of %1 tokens a second.</source>
        <translation>节省的时间按每秒 %1 个词元的预填充计算。</translation>
    </message>
</context>
<context>
    <name>kvscope::LabVerbs</name>
    <message>
        <source>--prompt TEXT is needed</source>
        <translation>需要 --prompt TEXT</translation>
    </message>
    <message>
        <source>the prompt is empty</source>
        <translation>提示为空</translation>
    </message>
    <message>
        <source>The prefix store is used with --cache full alone.</source>
        <translation>前缀存储只能与 --cache full 一起使用。</translation>
    </message>
    <message numerus="yes">
        <source>The model was trained for %n tokens; beyond them it guesses.</source>
        <translation>
            <numerusform>模型按 %n 个词元训练；超出之后只是猜测。</numerusform>
        </translation>
    </message>
    <message>
        <source>--tokens is a list of whole numbers: 1,2,3</source>
        <translation>--tokens 是整数列表：1,2,3</translation>
    </message>
    <message>
        <source>--text TEXT is needed</source>
        <translation>需要 --text TEXT</translation>
    </message>
    <message>
        <source>--%1 is a number from 0 to %2</source>
        <translation>--%1 是 0 到 %2 之间的数</translation>
    </message>
    <message>
        <source>no model came with this build; name a GGUF file: --model FILE</source>
        <translation>此构建不带模型；请指定 GGUF 文件：--model FILE</translation>
    </message>
    <message>
        <source>--%1 is a whole number from %2 up</source>
        <translation>--%1 是从 %2 起的整数</translation>
    </message>
    <message>
        <source>--kv is f32, f16, q8, q4 or kivi2, not “%1”</source>
        <translation>--kv 是 f32、f16、q8、q4 或 kivi2，不能是“%1”</translation>
    </message>
    <message>
        <source>--threads is at most 256</source>
        <translation>--threads 最多为 256</translation>
    </message>
    <message>
        <source>--seed is a whole number</source>
        <translation>--seed 须为整数</translation>
    </message>
    <message>
        <source>--text FILE is needed</source>
        <translation>需要 --text FILE</translation>
    </message>
    <message>
        <source>%1 % of the text</source>
        <translation>文本的 %1 %</translation>
    </message>
    <message>
        <source>the text is too short: nothing in it can be foretold</source>
        <translation>文本太短：没有可预测的内容</translation>
    </message>
    <message>
        <source>--prefix-store URL is needed</source>
        <translation>需要 --prefix-store URL</translation>
    </message>
    <message>
        <source>--ttl is a time, as in 10m, or none</source>
        <translation>--ttl 是一段时间（如 10m）或 none</translation>
    </message>
    <message>
        <source>--prompts FILE is needed</source>
        <translation>需要 --prompts FILE</translation>
    </message>
    <message>
        <source>--repair is none or delete</source>
        <translation>--repair 为 none 或 delete</translation>
    </message>
    <message>
        <source>Run %1: %2 KV blocks of %3 prompts, %4 written, %5 there already; %6 prompts shorter than a block.</source>
        <translation>运行 %1：%3 个提示词的 %2 个 KV 块，写入 %4 个，已存在 %5 个；%6 个提示词不足一块。</translation>
    </message>
    <message>
        <source>Run %1: %2 of %3 KV blocks agree, %4 deleted.</source>
        <translation>运行 %1：%3 个 KV 块中有 %2 个一致，删除 %4 个。</translation>
    </message>
</context>
<context>
    <name>kvscope::LagChart</name>
    <message>
        <source>Lag</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>stated %1</source>
        <translation>规定 %1</translation>
    </message>
    <message>
        <source>Nothing changed in the source yet.</source>
        <translation>数据源尚无变化。</translation>
    </message>
    <message>
        <source>Nothing changed in the source while it ran.</source>
        <translation>运行期间数据源没有变化。</translation>
    </message>
    <message>
        <source>p50 %1</source>
        <translation>p50 %1</translation>
    </message>
    <message>
        <source>p99 %1</source>
        <translation>p99 %1</translation>
    </message>
    <message>
        <source>From when a change was surely not in the store yet to its acknowledged write, over the last ten seconds</source>
        <translation>从确定某更改尚未进入存储之时到其写入得到确认，最近十秒</translation>
    </message>
</context>
<context>
    <name>kvscope::LatencyPanel</name>
    <message>
        <source>Latency model</source>
        <translation>延迟模型</translation>
    </message>
    <message>
        <source>About this model</source>
        <translation>关于此模型</translation>
    </message>
    <message>
        <source>What the model says, and where it comes from</source>
        <translation>模型的含义与来源</translation>
    </message>
    <message>
        <source>h, hit ratio</source>
        <translation>h，命中率</translation>
    </message>
    <message>
        <source>Tc, a hit</source>
        <translation>Tc，命中耗时</translation>
    </message>
    <message>
        <source>Td, a miss</source>
        <translation>Td，未命中耗时</translation>
    </message>
    <message>
        <source>T predicted</source>
        <translation>T 预测值</translation>
    </message>
    <message>
        <source>T measured</source>
        <translation>T 实测值</translation>
    </message>
    <message>
        <source>error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Td, as you know it</source>
        <translation>Td，已知值</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>p99 ≤ %1 needs h ≥ &lt;b&gt;%2&lt;/b&gt;</source>
        <translation>p99 ≤ %1 需要 h ≥ &lt;b&gt;%2&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Waiting for two windows of two seconds with traffic.</source>
        <translation>正在等待两个有流量的 2 秒窗口。</translation>
    </message>
    <message>
        <source>h is of this window, Tc and Td are of the one before.</source>
        <translation>h 取自当前窗口，Tc 和 Td 取自前一个窗口。</translation>
    </message>
    <message>
        <source>This traffic is not ours: T and Td can&apos;t be seen from here. </source>
        <translation>这些流量并非由本程序产生：在此无法观测 T 和 Td。</translation>
    </message>
    <message>
        <source>Tc is the round trip of a probe.</source>
        <translation>Tc 是一次探测的往返时间。</translation>
    </message>
    <message>
        <source>Tc is the server&apos;s read time and the round trip of a probe.</source>
        <translation>Tc 是服务器的读取时间加一次探测的往返时间。</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;T = h·Tc + (1−h)·Td&lt;/b&gt; is the mean time to an answer: the share h of requests is answered by the cache in Tc, the rest goes to the source and takes Td.&lt;/p&gt;&lt;p&gt;The hit ratio is this window&apos;s; Tc and Td are the window&apos;s before. Taken from the same window the prediction would equal the measurement by definition, and the error would say nothing.&lt;/p&gt;&lt;p&gt;The article this tool grew from writes T1 = C·P + (1−P)·T2 with C the &lt;i&gt;size&lt;/i&gt; of the cache. That adds bytes to milliseconds, and its example goes from 10 ms to 10 ms: no gain at all. A time must stand in that place: the time of a hit. With it, 10 ms and a hit ratio of 90 % at 0.2 ms become 0.9·0.2 + 0.1·10 = 1.18 ms.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;T = h·Tc + (1−h)·Td&lt;/b&gt; 是得到应答的平均时间：比例为 h 的请求由缓存应答，耗时 Tc；其余请求到达数据源，耗时 Td。&lt;/p&gt;&lt;p&gt;命中率取自当前窗口，Tc 和 Td 取自前一个窗口。如果都取自同一窗口，预测值按定义必然等于实测值，误差也就毫无意义。&lt;/p&gt;&lt;p&gt;启发本工具的那篇文章写的是 T1 = C·P + (1−P)·T2，其中 C 是缓存的&lt;i&gt;大小&lt;/i&gt;。这等于把字节与毫秒相加，而文中的例子从 10 ms 变成 10 ms：毫无收益。该处应当是时间，即一次命中的耗时。这样一来，10 ms 的延迟在命中率为 90 %、命中耗时为 0.2 ms 时变为 0.9·0.2 + 0.1·10 = 1.18 ms。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>first token, p50</source>
        <translation>首个词元，p50</translation>
    </message>
    <message>
        <source>first token, p99</source>
        <translation>首个词元，p99</translation>
    </message>
    <message>
        <source>cold, mean</source>
        <translation>冷，平均</translation>
    </message>
    <message>
        <source>To the first token where most blocks were missing</source>
        <translation>大多数块缺失时到首个词元的时间</translation>
    </message>
    <message>
        <source>warm, mean</source>
        <translation>热，平均</translation>
    </message>
    <message>
        <source>To the first token where most blocks were cached</source>
        <translation>大多数块已缓存时到首个词元的时间</translation>
    </message>
</context>
<context>
    <name>kvscope::LiveCharts</name>
    <message>
        <source> of </source>
        <translation> / </translation>
    </message>
    <message>
        <source>reads</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>writes</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>scans</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>other commands</source>
        <translation>其他命令</translation>
    </message>
    <message>
        <source>scenario requests</source>
        <translation>场景请求</translation>
    </message>
    <message>
        <source>Hit ratio</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>net of own reads</source>
        <translation>扣除自身读取</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>原始</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>RSS</source>
        <translation>RSS</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Evictions and expiries</source>
        <translation>淘汰与过期</translation>
    </message>
    <message>
        <source>evicted</source>
        <translation>淘汰</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>过期</translation>
    </message>
    <message>
        <source>Source queries</source>
        <translation>数据源查询</translation>
    </message>
    <message>
        <source>No reads in this time.</source>
        <translation>此时段内没有读取。</translation>
    </message>
    <message>
        <source>This server keeps no latency histograms; Redis does from version 7.0 on.</source>
        <translation>该服务器不提供延迟直方图；Redis 7.0 及以上版本才支持。</translation>
    </message>
    <message>
        <source>Start the search scenario to see its requests.</source>
        <translation>启动搜索场景即可查看其请求。</translation>
    </message>
    <message>
        <source>No such commands in this time.</source>
        <translation>此时段内没有此类命令。</translation>
    </message>
    <message>
        <source>This store does not tell its operations.</source>
        <translation>此缓存不提供操作数据。</translation>
    </message>
    <message>
        <source>This store does not tell its memory.</source>
        <translation>此缓存不提供内存数据。</translation>
    </message>
    <message>
        <source>This store does not tell evictions and expiries.</source>
        <translation>此缓存不提供淘汰与过期数据。</translation>
    </message>
    <message>
        <source>What reaches the source can be seen for our own traffic: start the search scenario.</source>
        <translation>只能观测本程序自身流量中到达数据源的请求：请启动搜索场景。</translation>
    </message>
    <message>
        <source>the first token</source>
        <translation>首个词元</translation>
    </message>
    <message>
        <source>misses reaching the source</source>
        <translation>到达数据源的未命中</translation>
    </message>
    <message>
        <source>Start the chatbot scenario to see how long a person waits.</source>
        <translation>启动聊天机器人场景，即可看到用户要等多久。</translation>
    </message>
</context>
<context>
    <name>kvscope::LivePage</name>
    <message>
        <source>Save the page</source>
        <translation>保存页面</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Save all series</source>
        <translation>保存所有序列</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>已保存 %1。</translation>
    </message>
    <message>
        <source>the picture was not written</source>
        <translation>图片未能写入</translation>
    </message>
</context>
<context>
    <name>kvscope::LiveSession</name>
    <message>
        <source>search started</source>
        <translation>搜索已启动</translation>
    </message>
    <message>
        <source>search stopped</source>
        <translation>搜索已停止</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接断开</translation>
    </message>
    <message>
        <source>reconnected</source>
        <translation>已重新连接</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) changed</source>
        <translation>
            <numerusform>%n 个键已更改</numerusform>
        </translation>
    </message>
    <message>
        <source>recommendations started</source>
        <translation>推荐已开始</translation>
    </message>
    <message>
        <source>recommendations stopped</source>
        <translation>推荐已停止</translation>
    </message>
    <message>
        <source>chatbot started</source>
        <translation>聊天机器人已启动</translation>
    </message>
    <message>
        <source>chatbot stopped</source>
        <translation>聊天机器人已停止</translation>
    </message>
</context>
<context>
    <name>kvscope::LiveToolbar</name>
    <message>
        <source>How much time is shown</source>
        <translation>显示的时间范围</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Which commands&apos; latency is shown</source>
        <translation>显示哪类命令的延迟</translation>
    </message>
    <message>
        <source>Save the page or its figures</source>
        <translation>保存页面或其数据</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>1 Hz</source>
        <translation>1 Hz</translation>
    </message>
    <message>
        <source>One sample a second</source>
        <translation>每秒采样一次</translation>
    </message>
    <message>
        <source>Follow the newest sample again (Home)</source>
        <translation>重新跟随最新样本 (Home)</translation>
    </message>
    <message>
        <source>Last minute</source>
        <translation>最近 1 分钟</translation>
    </message>
    <message>
        <source>Last 10 min</source>
        <translation>最近 10 分钟</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>最近 1 小时</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Latency of %1</source>
        <translation>%1延迟</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>This page as PNG…</source>
        <translation>将本页导出为 PNG…</translation>
    </message>
    <message>
        <source>All series as CSV…</source>
        <translation>将所有序列导出为 CSV…</translation>
    </message>
    <message>
        <source> · cursor %1</source>
        <translation> · 游标 %1</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Show new samples again (Space)</source>
        <translation>重新显示新样本 (Space)</translation>
    </message>
    <message>
        <source>Hold the charts still; samples are still taken (Space)</source>
        <translation>冻结图表；采样仍会继续 (Space)</translation>
    </message>
</context>
<context>
    <name>kvscope::MainWindow</name>
    <message>
        <source>Leave text that is not saved?</source>
        <translation>有文本尚未保存，要离开吗？</translation>
    </message>
    <message>
        <source>It is kept as a draft, and offered again when you open the key on this store.</source>
        <translation>文本会保留为草稿，下次在此缓存上打开该键时可以恢复。</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>%1 ended</source>
        <translation>%1已结束</translation>
    </message>
    <message>
        <source>End the running job?</source>
        <translation>结束正在运行的任务？</translation>
    </message>
    <message>
        <source>It stops after what is under way. A warm-up can be resumed from the Jobs page later.</source>
        <translation>它会在完成手头部分后停止。预热之后可以在“任务”页恢复。</translation>
    </message>
    <message>
        <source>End and close</source>
        <translation>结束并关闭</translation>
    </message>
</context>
<context>
    <name>kvscope::OriginLegend</name>
    <message numerus="yes">
        <source>%1, %n tokens</source>
        <translation>
            <numerusform>%1，%n 个词元</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::PageStack</name>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
</context>
<context>
    <name>kvscope::PasswordDialog</name>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>default</source>
        <translation>default</translation>
    </message>
    <message>
        <source>The server asks who you are</source>
        <translation>服务器要求身份验证</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>用户(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Kept in memory until the program ends, and written nowhere.</source>
        <translation>仅在程序运行期间保留在内存中，不会写入任何位置。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
</context>
<context>
    <name>kvscope::PreviewPanel</name>
    <message>
        <source>Reading the first rows…</source>
        <translation>正在读取最前面的行…</translation>
    </message>
    <message>
        <source>No rows: see the field that is marked.</source>
        <translation>没有行：请看标出的字段。</translation>
    </message>
    <message>
        <source>The query gives no rows.</source>
        <translation>查询没有返回行。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of the first %n rows agree with the store now.</source>
        <translation>
            <numerusform>前 %n 行中有 %1 行目前与存储一致。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kvscope::Rail</name>
    <message>
        <source>Browse</source>
        <translation>浏览</translation>
    </message>
    <message>
        <source>Browse keys and edit values</source>
        <translation>浏览键并编辑值</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Live charts</source>
        <translation>实时图表</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Bindings and jobs</source>
        <translation>绑定与任务</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>A language model and its KV cache</source>
        <translation>语言模型及其 KV 缓存</translation>
    </message>
</context>
<context>
    <name>kvscope::RateChart</name>
    <message>
        <source>slowed at %1 for %2: %3</source>
        <translation>%1 减速 %2：%3</translation>
    </message>
    <message>
        <source>The curve begins with the first second.</source>
        <translation>曲线从第一秒开始。</translation>
    </message>
    <message>
        <source>probe p99 %1</source>
        <translation>探测 p99 %1</translation>
    </message>
    <message>
        <source>What a PING beside the job takes, ten times a second: what others feel of it</source>
        <translation>任务旁每秒十次 PING 的耗时：其他使用者的感受</translation>
    </message>
    <message>
        <source>It ended before there was a curve to draw.</source>
        <translation>在有曲线可画之前它就结束了。</translation>
    </message>
</context>
<context>
    <name>kvscope::ReadOnlyReason</name>
    <message>
        <source>The connection was opened read-only.</source>
        <translation>此连接以只读方式打开。</translation>
    </message>
</context>
<context>
    <name>kvscope::RepairDialog</name>
    <message numerus="yes">
        <source>Repair %1 entries?</source>
        <translation>
            <numerusform>修复 %1 个条目？</numerusform>
        </translation>
    </message>
    <message>
        <source>Repair %1?</source>
        <translation>修复 %1？</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Will happen</source>
        <translation>将会发生</translation>
    </message>
    <message>
        <source>An entry is touched only if it still is as it was seen. What it was is kept, value and TTL: the run can be undone.</source>
        <translation>只有条目仍与所见一致时才会改动。其原来的值和 TTL 会保存：这次运行可以撤销。</translation>
    </message>
    <message>
        <source>Repair at &amp;most, %</source>
        <translation>最多修复(&amp;M)，%</translation>
    </message>
    <message>
        <source>%1 of the entries differ: most likely the binding does not fit, and a repair would spoil what is right.</source>
        <translation>%1 的条目不同：很可能是绑定不匹配，修复会破坏正确的内容。</translation>
    </message>
    <message>
        <source>Type “%1”</source>
        <translation>输入“%1”</translation>
    </message>
    <message>
        <source>This store is marked as production.</source>
        <translation>此存储标记为生产。</translation>
    </message>
    <message>
        <source>The share is a number from 0 to 100.</source>
        <translation>比例是 0 到 100 之间的数。</translation>
    </message>
    <message>
        <source>More than %1 % differ: nothing is repaired unless you allow it above.</source>
        <translation>超过 %1 % 不同：除非您在上方允许，否则不修复。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Refill</source>
        <translation>回填</translation>
    </message>
</context>
<context>
    <name>kvscope::RepairFields</name>
    <message>
        <source>for none</source>
        <translation>不等待</translation>
    </message>
    <message>
        <source>&amp;Wait for replicas</source>
        <translation>等待副本(&amp;W)</translation>
    </message>
    <message>
        <source>So many must have taken each batch of repairs over before the next one</source>
        <translation>每批修复须有这么多副本接收后才进行下一批</translation>
    </message>
    <message>
        <source>Lease in &amp;etcd</source>
        <translation>etcd 租约(&amp;E)</translation>
    </message>
    <message>
        <source>An etcd lets one at a time repair, instead of the store. A team&apos;s stands in the binding&apos;s file as “etcd”.</source>
        <translation>由 etcd 而非存储保证同时只有一人修复。团队的地址写在绑定文件的“etcd”中。</translation>
    </message>
    <message>
        <source>Empty: the one that the binding&apos;s file names</source>
        <translation>留空：使用绑定文件中写的地址</translation>
    </message>
    <message>
        <source>Replicas to wait for are a number, or empty.</source>
        <translation>要等待的副本数是一个数，或留空。</translation>
    </message>
    <message>
        <source>An etcd has a URL, as in http://etcd:2379.</source>
        <translation>etcd 需要 URL，例如 http://etcd:2379。</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Takes wrong entries away; the next reader fills them from the source</source>
        <translation>移除错误的条目；由下一个读取者从数据源填充</translation>
    </message>
    <message>
        <source>Re&amp;fill</source>
        <translation>回填(&amp;F)</translation>
    </message>
    <message>
        <source>Writes what the source says; orphans are deleted</source>
        <translation>写入数据源的内容；孤儿条目会被删除</translation>
    </message>
    <message>
        <source>&amp;Nothing</source>
        <translation>不处理(&amp;N)</translation>
    </message>
    <message>
        <source>Counts and lists what differs</source>
        <translation>统计并列出差异</translation>
    </message>
</context>
<context>
    <name>kvscope::ReplayChart</name>
    <message>
        <source>Prefix hit ratio by blocks kept</source>
        <translation>前缀命中率与保留的块数</translation>
    </message>
    <message>
        <source>without a bound</source>
        <translation>不设上限</translation>
    </message>
</context>
<context>
    <name>kvscope::ReplayView</name>
    <message>
        <source>Open a trace…</source>
        <translation>打开轨迹…</translation>
    </message>
    <message>
        <source>Made-up trace</source>
        <translation>生成的轨迹</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A serving trace in Mooncake&apos;s schema: JSON Lines with hash_ids and input_length, plain or zstd</source>
        <translation>Mooncake 格式的服务轨迹：含 hash_ids 和 input_length 的 JSON Lines，可为 zstd 压缩</translation>
    </message>
    <message>
        <source>6,000 requests of people who talk to 48 assistants, made up by a generator</source>
        <translation>由生成器编造的 6,000 个请求，用户与 48 个助手对话</translation>
    </message>
    <message>
        <source>Ends the replay (Esc)</source>
        <translation>结束重放 (Esc)</translation>
    </message>
    <message>
        <source>Prefill, tokens/s</source>
        <translation>预填充，词元/秒</translation>
    </message>
    <message>
        <source>How fast the servers read prompts: it turns saved tokens into time</source>
        <translation>服务器读取提示词的速度：用来把节省的词元换算成时间</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>块</translation>
    </message>
    <message>
        <source>prefill saved</source>
        <translation>节省的预填充</translation>
    </message>
    <message>
        <source>Hit ratio by blocks and policy</source>
        <translation>按块数和策略的命中率</translation>
    </message>
    <message>
        <source>By the best policy</source>
        <translation>按最佳策略</translation>
    </message>
    <message>
        <source>Open a serving trace</source>
        <translation>打开服务轨迹</translation>
    </message>
    <message>
        <source>Traces (*.jsonl *.jsonl.zst *.zst);;All (*)</source>
        <translation>轨迹 (*.jsonl *.jsonl.zst *.zst);;全部 (*)</translation>
    </message>
    <message>
        <source>A made-up trace</source>
        <translation>生成的轨迹</translation>
    </message>
    <message>
        <source>reading %1…</source>
        <translation>正在读取 %1…</translation>
    </message>
    <message>
        <source>%1: cancelled</source>
        <translation>%1：已取消</translation>
    </message>
    <message>
        <source>no bound</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>With %1 blocks %2 does best: %3 of the blocks asked for are there, and %4 of %5 prompt tokens need no prefill. At %6 tokens/s that is %7 of %8; without a bound it would be %9.</source>
        <translation>有 %1 个块时 %2 最好：%3 的被请求块已在缓存中，%5 个提示词词元中有 %4 个无需预填充。按每秒 %6 个词元计，节省 %8 中的 %7；不设上限则为 %9。</translation>
    </message>
    <message>
        <source>A hit is a block whose whole beginning is there as well; a request&apos;s own blocks are held while it runs. Click the chart or a row for another size.</source>
        <translation>命中是指该块及其之前的全部块都在；请求运行期间保留其自己的块。点击图表或某一行可选另一个大小。</translation>
    </message>
    <message>
        <source>measured here: %1</source>
        <translation>此处实测：%1</translation>
    </message>
    <message>
        <source>Take the rate of the lab&apos;s last prompt</source>
        <translation>采用实验室上一个提示词的速度</translation>
    </message>
    <message>
        <source>%1: %2 requests, %3 blocks of %4 tokens (cancelled)</source>
        <translation>%1：%2 个请求，%3 个块，每块 %4 个词元（已取消）</translation>
    </message>
    <message>
        <source>%1: %2 requests, %3 blocks of %4 tokens</source>
        <translation>%1：%2 个请求，%3 个块，每块 %4 个词元</translation>
    </message>
</context>
<context>
    <name>kvscope::ReportDialog</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Nines</source>
        <translation>九数</translation>
    </message>
    <message>
        <source>≥ %1 at 95&#xa0;%</source>
        <translation>≥ %1（95&#xa0;%）</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Before-images</source>
        <translation>修改前的映像</translation>
    </message>
    <message numerus="yes">
        <source>%n kept: this run can be undone</source>
        <translation>
            <numerusform>已保存 %n 个：此运行可以撤销</numerusform>
        </translation>
    </message>
    <message>
        <source>Export JSON…</source>
        <translation>导出 JSON…</translation>
    </message>
    <message>
        <source>Export Markdown…</source>
        <translation>导出 Markdown…</translation>
    </message>
    <message>
        <source>Show differences</source>
        <translation>显示差异</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>kvscope::RowFreshness</name>
    <message>
        <source>not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>No check has said anything of this key as it is now</source>
        <translation>还没有检查涉及此键现在的内容</translation>
    </message>
    <message>
        <source>fresh</source>
        <translation>新鲜</translation>
    </message>
    <message>
        <source>%1 · %2 ago</source>
        <translation>%1 · %2前</translation>
    </message>
    <message>
        <source>fresh ✓</source>
        <translation>新鲜 ✓</translation>
    </message>
    <message>
        <source>no row</source>
        <translation>无对应行</translation>
    </message>
    <message>
        <source>Neither a row nor an entry</source>
        <translation>既无行也无条目</translation>
    </message>
    <message>
        <source>asked now, by the binding %1</source>
        <translation>刚刚按绑定 %1 查询</translation>
    </message>
</context>
<context>
    <name>kvscope::RowSource</name>
    <message>
        <source>it was changed while it was read; start anew</source>
        <translation>读取期间它被更改；请重新开始</translation>
    </message>
    <message>
        <source>its first line is no header with the columns&apos; names</source>
        <translation>其第一行不是含列名的表头</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是文件夹</translation>
    </message>
    <message>
        <source>it is UTF-16; save it as UTF-8</source>
        <translation>它是 UTF-16；请保存为 UTF-8</translation>
    </message>
    <message>
        <source>this is no source; write sqlite:FILE, postgresql://…, mysql://…, odbc:DSN, jsonl:FILE or csv:FILE</source>
        <translation>这不是数据源；请写 sqlite:FILE、postgresql://…、mysql://…、odbc:DSN、jsonl:FILE 或 csv:FILE</translation>
    </message>
    <message>
        <source>its URL can&apos;t be read; special characters of a user or a password are written as %XX</source>
        <translation>无法读取其 URL；用户名或密码中的特殊字符要写成 %XX</translation>
    </message>
    <message>
        <source>the connection was lost</source>
        <translation>连接已断开</translation>
    </message>
</context>
<context>
    <name>kvscope::RunModel</name>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>运行 %1</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Binding</source>
        <translation>绑定</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>kvscope::RunReport</name>
    <message>
        <source>Run %1: %2 of %3</source>
        <translation>运行 %1：%2，%3</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>数据源</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>键</translation>
    </message>
    <message>
        <source>In the cache</source>
        <translation>缓存中</translation>
    </message>
    <message>
        <source>In the source</source>
        <translation>数据源中</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>The first %1 differences; the JSON report lists %2.</source>
        <translation>前 %1 处差异；JSON 报告列出 %2 处。</translation>
    </message>
    <message>
        <source>%1 more were counted and are listed nowhere: a report ends at %2.</source>
        <translation>另有 %1 处已计数但未列出：报告最多列出 %2 处。</translation>
    </message>
</context>
<context>
    <name>kvscope::RunTable</name>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>No job has run on this store yet. Check compares without changing anything; it is the best first one.</source>
        <translation>此存储上还没有运行过任务。“检查”只比较、不更改任何内容，最适合先做。</translation>
    </message>
</context>
<context>
    <name>kvscope::Sampler</name>
    <message>
        <source>Server restarted</source>
        <translation>服务器已重启</translation>
    </message>
</context>
<context>
    <name>kvscope::SaveDialog</name>
    <message>
        <source>Save changes</source>
        <translation>保存更改</translation>
    </message>
    <message>
        <source>Save these changes?</source>
        <translation>保存这些更改？</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>kvscope::ScanVerb</name>
    <message>
        <source>%1 keys, %2</source>
        <translation>%1 个键，%2</translation>
    </message>
    <message>
        <source>--type is string, hash, list, set, zset or stream</source>
        <translation>--type 须为 string、hash、list、set、zset 或 stream</translation>
    </message>
    <message>
        <source>--count is a number above 0</source>
        <translation>--count 须为大于 0 的数字</translation>
    </message>
</context>
<context>
    <name>kvscope::ScenarioPanel</name>
    <message>
        <source>Requests per second</source>
        <translation>每秒请求数</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>请求数</translation>
    </message>
    <message>
        <source>from the cache</source>
        <translation>来自缓存</translation>
    </message>
    <message>
        <source>T, mean</source>
        <translation>T，平均</translation>
    </message>
    <message>
        <source>source queries</source>
        <translation>数据源查询</translation>
    </message>
    <message>
        <source>Searches of 100,000 demo documents, read through this store as keys search:…&lt;br&gt;Source latency is simulated: %1 ms are added to each query.</source>
        <translation>搜索 100,000 篇演示文档，经由此缓存读取，键名为 search:…&lt;br&gt;数据源延迟为模拟值：每次查询增加 %1 毫秒。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>making the demo database</source>
        <translation>正在生成演示数据库</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>What the simulated people do; another choice takes a run over</source>
        <translation>模拟用户做什么；另选一项会接管正在进行的运行</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Recommendations</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>How many requests are sent each second</source>
        <translation>每秒发送多少个请求</translation>
    </message>
    <message>
        <source>Stop sending requests</source>
        <translation>停止发送请求</translation>
    </message>
    <message>
        <source>Send requests through this store</source>
        <translation>通过此存储发送请求</translation>
    </message>
    <message>
        <source>What suits each of 30,000 demo users: lists kept as recommend:…, made from feature vectors kept as features:…&lt;br&gt;Source latency is simulated: %1 ms are added to each query.</source>
        <translation>为 30,000 个演示用户推荐：列表保存为 recommend:…，由保存为 features:… 的特征向量生成&lt;br&gt;数据源延迟是模拟的：每次查询增加 %1 ms。</translation>
    </message>
    <message>
        <source>Chatbot</source>
        <translation>聊天机器人</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>blocks looked up</source>
        <translation>查找的块</translation>
    </message>
    <message>
        <source>blocks computed</source>
        <translation>计算的块</translation>
    </message>
    <message>
        <source>People ask the shipped language model about %1 notebooks; its KV blocks of 16 tokens are kept in this store as kv:…&lt;br&gt;Tc is the time to fetch a block, Td the time to compute it: nothing is simulated.</source>
        <translation>用户就 %1 本笔记向附带的语言模型提问；其 16 个词元的 KV 块以 kv:… 保存在此存储中。&lt;br&gt;Tc 是取一个块的时间，Td 是计算它的时间：没有任何模拟。</translation>
    </message>
    <message>
        <source>How many questions are asked each second</source>
        <translation>每秒提出多少个问题</translation>
    </message>
</context>
<context>
    <name>kvscope::ScenarioVerb</name>
    <message>
        <source>making the demo database: %1 %</source>
        <translation>正在生成演示数据库：%1 %</translation>
    </message>
    <message>
        <source>%1 requests, hit ratio %2 %</source>
        <translation>%1 次请求，命中率 %2 %</translation>
    </message>
    <message>
        <source>The source is simulated with a latency of %1 ms.</source>
        <translation>数据源为模拟，延迟 %1 毫秒。</translation>
    </message>
    <message>
        <source>there is no scenario “%1”, only %2</source>
        <translation>没有名为“%1”的场景，可用的有：%2</translation>
    </message>
    <message>
        <source>--for is a time such as 10s</source>
        <translation>--for 须为时长，例如 10s</translation>
    </message>
    <message>
        <source>--rate is a number a second; 0: as many as it takes</source>
        <translation>--rate 须为每秒次数；0 表示不限速</translation>
    </message>
    <message>
        <source>--seed is a whole number</source>
        <translation>--seed 须为整数</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>An operation is a KV block of 16 tokens that is looked up; a missing one is computed by the shipped model.</source>
        <translation>一次操作是查找一个 16 个词元的 KV 块；缺失的由附带的模型计算。</translation>
    </message>
</context>
<context>
    <name>kvscope::ScheduleDialog</name>
    <message>
        <source>Check %1 regularly</source>
        <translation>定时检查 %1</translation>
    </message>
    <message>
        <source>Runs while this window is open and connected to this store, and never repairs. Outside of the window use cron and “kvscope check”.</source>
        <translation>在此窗口打开且连接到此存储期间运行，并且从不修复。窗口之外请用 cron 和“kvscope check”。</translation>
    </message>
    <message>
        <source>&amp;Every</source>
        <translation>每隔(&amp;E)</translation>
    </message>
    <message>
        <source>No longer</source>
        <translation>不再定时</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>定时</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
</context>
<context>
    <name>kvscope::SetVerb</name>
    <message>
        <source>give either --value or --file</source>
        <translation>请指定 --value 或 --file 之一</translation>
    </message>
    <message>
        <source>--ttl is a time such as 10s, 500ms or 2m</source>
        <translation>--ttl 须为时长，例如 10s、500ms 或 2m</translation>
    </message>
</context>
<context>
    <name>kvscope::SettingsMenu</name>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About KV Scope</source>
        <translation>关于 KV Scope</translation>
    </message>
</context>
<context>
    <name>kvscope::Shortcuts</name>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>浏览</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Browse keys</source>
        <translation>浏览键</translation>
    </message>
    <message>
        <source>Live charts</source>
        <translation>实时图表</translation>
    </message>
    <message>
        <source>Connect to a store</source>
        <translation>连接到缓存</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>快捷键列表</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Filter keys</source>
        <translation>筛选键</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新建键</translation>
    </message>
    <message>
        <source>Rename key</source>
        <translation>重命名键</translation>
    </message>
    <message>
        <source>Delete key (asks first)</source>
        <translation>删除键（先确认）</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Close the tab</source>
        <translation>关闭标签页</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>下一个标签页</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>Bindings and jobs</source>
        <translation>绑定与任务</translation>
    </message>
    <message>
        <source>Open in a tab of its own</source>
        <translation>在单独的标签页中打开</translation>
    </message>
    <message>
        <source>Copy the name</source>
        <translation>复制名称</translation>
    </message>
    <message>
        <source>New binding</source>
        <translation>新建绑定</translation>
    </message>
    <message>
        <source>Check the binding</source>
        <translation>检查绑定</translation>
    </message>
    <message>
        <source>Repair what is selected, report of a run</source>
        <translation>修复所选、运行的报告</translation>
    </message>
    <message>
        <source>Find in the text</source>
        <translation>在文本中查找</translation>
    </message>
    <message>
        <source>Edit the chosen member</source>
        <translation>编辑所选成员</translation>
    </message>
    <message>
        <source>Remove the chosen member</source>
        <translation>移除所选成员</translation>
    </message>
    <message>
        <source>Hold the charts still</source>
        <translation>让图表静止</translation>
    </message>
    <message>
        <source>Pan, zoom</source>
        <translation>平移、缩放</translation>
    </message>
    <message>
        <source>Follow the newest again</source>
        <translation>重新跟随最新</translation>
    </message>
    <message>
        <source>Decode one token</source>
        <translation>解码一个词元</translation>
    </message>
    <message>
        <source>Stop decoding</source>
        <translation>停止解码</translation>
    </message>
    <message>
        <source>Look at a cell, pin it, evict it</source>
        <translation>查看单元、固定、逐出</translation>
    </message>
</context>
<context>
    <name>kvscope::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>kvscope::SourceBrowser</name>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>The source has no tables.</source>
        <translation>该数据源没有表。</translation>
    </message>
    <message>
        <source>Choose a table to see some of its rows.</source>
        <translation>选择一个表以查看其中一些行。</translation>
    </message>
    <message numerus="yes">
        <source>The first %n rows.</source>
        <translation>
            <numerusform>前 %n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Sample rows</source>
        <translation>示例行</translation>
    </message>
    <message>
        <source>Propose a binding</source>
        <translation>建议绑定</translation>
    </message>
    <message>
        <source>Fills the fields for the chosen table (Enter)</source>
        <translation>为所选的表填写各字段 (Enter)</translation>
    </message>
    <message>
        <source>Write a source and press Test to see its tables.</source>
        <translation>填写数据源并按“测试”以查看其中的表。</translation>
    </message>
</context>
<context>
    <name>kvscope::SourcePanel</name>
    <message>
        <source>Close the source row</source>
        <translation>关闭数据源行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>In the source</source>
        <translation>数据源中</translation>
    </message>
    <message>
        <source>Source row</source>
        <translation>数据源行</translation>
    </message>
    <message>
        <source>The store&apos;s value against what the source says</source>
        <translation>存储的值与数据源内容的对照</translation>
    </message>
    <message>
        <source>Source row · %1</source>
        <translation>数据源行 · %1</translation>
    </message>
    <message>
        <source>The store has no such key; the row would make it.</source>
        <translation>存储中没有此键；该行会生成它。</translation>
    </message>
    <message>
        <source>The source has no row that makes this key.</source>
        <translation>数据源中没有生成此键的行。</translation>
    </message>
    <message>
        <source>The binding makes the same value of it.</source>
        <translation>绑定由它得出相同的值。</translation>
    </message>
    <message>
        <source>− in the store   + what the binding makes of the row</source>
        <translation>− 存储中的值   + 绑定由该行得出的值</translation>
    </message>
</context>
<context>
    <name>kvscope::StoreButton</name>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Store: %1</source>
        <translation>缓存：%1</translation>
    </message>
    <message>
        <source>production</source>
        <translation>生产环境</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>内置引擎</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>连接…</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>重新连接</translation>
    </message>
    <message>
        <source>in process</source>
        <translation>进程内</translation>
    </message>
    <message>
        <source>Choose a store</source>
        <translation>选择缓存</translation>
    </message>
</context>
<context>
    <name>kvscope::StoreFactory</name>
    <message>
        <source>only ?memory= and ?policy= may follow engine:</source>
        <translation>engine: 之后只能是 ?memory= 和 ?policy=</translation>
    </message>
    <message>
        <source>“%1” is not a size such as 256mb</source>
        <translation>“%1”不是大小，应如 256mb</translation>
    </message>
    <message>
        <source>there is no policy “%1”</source>
        <translation>没有名为“%1”的淘汰策略</translation>
    </message>
    <message>
        <source>Redis Cluster is not supported yet</source>
        <translation>暂不支持 Redis Cluster</translation>
    </message>
    <message>
        <source>Redis Sentinel is not supported yet</source>
        <translation>暂不支持 Redis Sentinel</translation>
    </message>
    <message>
        <source>tiered stores are not supported yet</source>
        <translation>暂不支持多级缓存</translation>
    </message>
    <message>
        <source>“%1” is given twice</source>
        <translation>“%1”给出了两次</translation>
    </message>
    <message>
        <source>the engine has no setting “%1”, only memory and policy</source>
        <translation>引擎没有设置“%1”，只有 memory 和 policy</translation>
    </message>
</context>
<context>
    <name>kvscope::SyncDialog</name>
    <message>
        <source>Keep %1 in sync</source>
        <translation>保持 %1 同步</translation>
    </message>
    <message>
        <source>Follows the source by its column %1 and writes what changes from now on. What differs by now, a check or a warm-up mends.</source>
        <translation>按列 %1 跟随数据源，写入从现在起的变化。此前已有的差异由检查或预热来修正。</translation>
    </message>
    <message>
        <source>&amp;Stated delay</source>
        <translation>规定的延迟(&amp;S)</translation>
    </message>
    <message>
        <source>A change is to be in the store by then: the source is asked ten times as often, and the lag is drawn against it.</source>
        <translation>更改应在此时间内进入存储：以十倍的频率询问数据源，并将延迟与它对照绘制。</translation>
    </message>
    <message>
        <source>An entry whose row is gone goes within %1 s, or at once with the trigger below.</source>
        <translation>行已不存在的条目会在 %1 秒内移除；有下面的触发器则立即移除。</translation>
    </message>
    <message>
        <source>An entry whose row is gone goes within %1 s.</source>
        <translation>行已不存在的条目会在 %1 秒内移除。</translation>
    </message>
    <message>
        <source>until it is cancelled</source>
        <translation>直到取消</translation>
    </message>
    <message>
        <source>&amp;End after</source>
        <translation>结束于(&amp;E)</translation>
    </message>
    <message>
        <source>A time, as in 30m</source>
        <translation>时长，例如 30m</translation>
    </message>
    <message>
        <source>Keep in sync</source>
        <translation>保持同步</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>触发器</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copies the statements</source>
        <translation>复制这些语句</translation>
    </message>
    <message>
        <source>Statements of the trigger</source>
        <translation>触发器的语句</translation>
    </message>
    <message>
        <source>PostgreSQL tells of changes and removals at once where its table has this. KV Scope never installs it: run it as the table&apos;s owner; what runs already hears it from then on.</source>
        <translation>表上有此触发器时，PostgreSQL 会立即通知更改和删除。KV Scope 从不自行安装它：请以表所有者身份运行；已在运行的同步从那时起即可收到通知。</translation>
    </message>
    <message>
        <source>The stated delay is a time from 200ms to 1h.</source>
        <translation>规定的延迟是 200ms 到 1h 之间的时长。</translation>
    </message>
    <message>
        <source>“End after” is a time above 0, as in 30m, or empty.</source>
        <translation>“结束于”是大于 0 的时长，例如 30m，或留空。</translation>
    </message>
</context>
<context>
    <name>kvscope::SyncVerb</name>
    <message>
        <source>--for is a time above 0, as in 30s</source>
        <translation>--for 是大于 0 的时间，例如 30s</translation>
    </message>
    <message>
        <source>In step: %1 rows changed, %2 entries written</source>
        <translation>已同步：%1 行有变更，写入 %2 个条目</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>滞后 %1</translation>
    </message>
    <message>
        <source>Goes on where run %1 came to; what was removed from the source meanwhile is found by the sweep.</source>
        <translation>从运行 %1 到达之处继续；期间从数据源移除的行由清扫发现。</translation>
    </message>
    <message>
        <source>Follows what changes from now on; “kvscope check” tells whether all that is older is right.</source>
        <translation>跟随从现在起的变更；更早的内容是否正确由“kvscope check”判断。</translation>
    </message>
    <message>
        <source>Run %1: %2 rows changed, %3 entries written, %4 of them removed; lag %5 at the 99th percentile.</source>
        <translation>运行 %1：%2 行有变更，写入 %3 个条目，其中移除 %4 个；第 99 百分位滞后 %5。</translation>
    </message>
</context>
<context>
    <name>kvscope::ThreeWayView</name>
    <message>
        <source>Three versions</source>
        <translation>三个版本</translation>
    </message>
    <message>
        <source>When you opened it</source>
        <translation>打开时</translation>
    </message>
    <message>
        <source>In the store now</source>
        <translation>缓存当前</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>您的版本</translation>
    </message>
</context>
<context>
    <name>kvscope::Tls</name>
    <message>
        <source>it holds no PEM certificate</source>
        <translation>其中没有 PEM 证书</translation>
    </message>
    <message>
        <source>it holds no unencrypted PEM key</source>
        <translation>其中没有未加密的 PEM 密钥</translation>
    </message>
</context>
<context>
    <name>kvscope::TokenStrip</name>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Token %1, id %2, “%3”</source>
        <translation>词元 %1，id %2，“%3”</translation>
    </message>
    <message>
        <source>%1; evicted since</source>
        <translation>%1；此后已逐出</translation>
    </message>
    <message>
        <source>Probability %1 %</source>
        <translation>概率 %1 %</translation>
    </message>
    <message>
        <source>Its share of the prompt: %1 µs</source>
        <translation>它在提示中的份额：%1 µs</translation>
    </message>
    <message>
        <source>Decoded in %1 µs</source>
        <translation>解码用时 %1 µs</translation>
    </message>
    <message>
        <source>KL to the comparison: %1 nats</source>
        <translation>与对照的 KL：%1 奈特</translation>
    </message>
    <message>
        <source>The comparison would have chosen “%1”</source>
        <translation>对照会选择“%1”</translation>
    </message>
    <message>
        <source>Tokens of the comparison</source>
        <translation>对照的词元</translation>
    </message>
    <message>
        <source>From here on it goes its own way</source>
        <translation>从这里起它走上不同的路</translation>
    </message>
</context>
<context>
    <name>kvscope::TopBar</name>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>Writes are refused, as this connection asks for.</source>
        <translation>按此连接的设置，拒绝一切写入。</translation>
    </message>
    <message>
        <source>read-write</source>
        <translation>读写</translation>
    </message>
    <message>
        <source>Keys can be changed. Every save is a compare-and-set.</source>
        <translation>可以修改键。每次保存都采用比较并交换（CAS）。</translation>
    </message>
    <message>
        <source>hit</source>
        <translation>命中</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Hit ratio of the last second, net of our own reads</source>
        <translation>最近一秒的命中率，已扣除本程序自身的读取</translation>
    </message>
    <message>
        <source>Memory in use by the store</source>
        <translation>缓存占用的内存</translation>
    </message>
    <message>
        <source>99th percentile of read times as the store measures them, last second. T in the latency model is a whole request, the source included</source>
        <translation>存储所测读取时间的第 99 百分位（最近一秒）。延迟模型中的 T 是整个请求的时间，包含数据源</translation>
    </message>
</context>
<context>
    <name>kvscope::Transport</name>
    <message>
        <source>it closed the connection during the handshake</source>
        <translation>对方在握手期间关闭了连接</translation>
    </message>
    <message>
        <source>there is no such socket</source>
        <translation>没有这个套接字</translation>
    </message>
    <message>
        <source>no permission to open it</source>
        <translation>没有权限打开</translation>
    </message>
</context>
<context>
    <name>kvscope::TtlPopup</name>
    <message>
        <source>%1 s · expires %2</source>
        <translation>%1 秒 · %2 过期</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>No time to live</source>
        <translation>无生存时间</translation>
    </message>
    <message>
        <source>This key stays until it is deleted or evicted.</source>
        <translation>此键将一直保留，直到被删除或淘汰。</translation>
    </message>
    <message>
        <source>New time: 90, 5m, 2h, 1d</source>
        <translation>新时间：90、5m、2h、1d</translation>
    </message>
    <message>
        <source>New time to live</source>
        <translation>新的生存时间</translation>
    </message>
    <message>
        <source>Persist</source>
        <translation>设为永久</translation>
    </message>
    <message>
        <source>Removes the time to live</source>
        <translation>移除生存时间</translation>
    </message>
    <message>
        <source>Write seconds, or a number with ms, s, m, h or d.</source>
        <translation>请输入秒数，或带单位 ms、s、m、h、d 的数字。</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>This key does not exist any more</source>
        <translation>此键已不存在</translation>
    </message>
    <message>
        <source>It has expired or was deleted.</source>
        <translation>它已过期或被删除。</translation>
    </message>
</context>
<context>
    <name>kvscope::UndoVerb</name>
    <message>
        <source>run %1 changed %2, not %3</source>
        <translation>运行 %1 更改的是 %2，而不是 %3</translation>
    </message>
    <message>
        <source>%1 put back, %2 kept because they changed since.</source>
        <translation>放回 %1 个，%2 个因此后已变更而保留。</translation>
    </message>
    <message>
        <source>Run %1 has no before-images: only repairs keep some, and what was put back leaves the journal.</source>
        <translation>运行 %1 没有修改前的映像：只有修复会保存映像，已放回的会离开日志。</translation>
    </message>
</context>
<context>
    <name>kvscope::ValueFormat</name>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>二进制</translation>
    </message>
</context>
<context>
    <name>kvscope::ValueViews</name>
    <message>
        <source>byte %1</source>
        <translation>字节 %1</translation>
    </message>
    <message>
        <source>Tree</source>
        <translation>树</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>原始字节</translation>
    </message>
    <message>
        <source>Diff</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>whole value</source>
        <translation>整个值</translation>
    </message>
    <message>
        <source>%1 · %2 · line %3</source>
        <translation>%1 · %2 · 第 %3 行</translation>
    </message>
</context>
<context>
    <name>kvscope::Verb</name>
    <message>
        <source>prints every key once, one a line</source>
        <translation>输出所有键，每行一个，不重复</translation>
    </message>
    <message>
        <source>prints a value, formatted or raw</source>
        <translation>输出值，可格式化或原样输出</translation>
    </message>
    <message>
        <source>writes a value if nobody changed it meanwhile; keeps its TTL</source>
        <translation>在未被他人修改时写入值；保留其 TTL</translation>
    </message>
    <message>
        <source>changes one place in a JSON value and nothing else</source>
        <translation>只修改 JSON 值中的一处，其余不变</translation>
    </message>
    <message>
        <source>validates a JSON file and prints it byte for byte</source>
        <translation>校验 JSON 文件并逐字节原样输出</translation>
    </message>
    <message>
        <source>runs a built-in workload against a store</source>
        <translation>对缓存运行内置负载</translation>
    </message>
    <message>
        <source>measures us beside a reference</source>
        <translation>与参照对比测量本程序的性能</translation>
    </message>
    <message>
        <source>“%1” does not exist yet</source>
        <translation>“%1”尚未实现</translation>
    </message>
    <message>
        <source>“%1” is not a verb</source>
        <translation>没有名为“%1”的子命令</translation>
    </message>
    <message>
        <source>Password for %1: </source>
        <translation>%1 的密码：</translation>
    </message>
    <message>
        <source>kvscope %1 %2</source>
        <translation>kvscope %1 %2</translation>
    </message>
    <message>
        <source>kvscope shows a cache from the inside. Without a verb it opens its window:

</source>
        <translation>kvscope 让您看清缓存内部。不带子命令时打开窗口：

</translation>
    </message>
    <message>
        <source>With a verb it needs no display:

</source>
        <translation>带子命令时无需图形界面：

</translation>
    </message>
    <message>
        <source>a \ in a key is written \\ and other bytes as \xHH: “%1”</source>
        <translation>键中的 \ 须写成 \\，其他字节须写成 \xHH：“%1”</translation>
    </message>
    <message>
        <source>fills a store from a binding&apos;s source
    --order O   what comes first: key, hot:FILE (a log, a key a line), lfu (the store&apos;s counters),
                column:NAME (the largest), learned:FILE (what a trace&apos;s past foretells),
                benefit:FILE (that, times the cost of a miss, for each byte)</source>
        <translation>从绑定的数据源填充存储
    --order O   先写什么：key、hot:FILE（日志，每行一个键）、lfu（存储的计数器）、
                column:NAME（最大者优先）、learned:FILE（由跟踪的过去预测）、
                benefit:FILE（预测值乘以未命中代价，按每字节计）</translation>
    </message>
    <message>
        <source>follows a binding&apos;s source by its version column and keeps a store in step
    --for D           ends after that time; otherwise with Ctrl+C
    An entry whose row is gone goes at once with the trigger, else within 10 s, or three passes
    over the binding&apos;s keys where those take longer than 4 s.
    --print-trigger   prints a PostgreSQL trigger that tells of changes and removals at once, and does nothing else</source>
        <translation>按版本列跟随绑定的数据源，使存储保持同步
    --for D           到时结束；否则用 Ctrl+C
    行已消失的条目：有触发器时立即移除，否则在 10 秒内移除；若遍历绑定的键超过 4 秒，
    则在遍历三遍之内移除。
    --print-trigger   打印一个即时通知变更和移除的 PostgreSQL 触发器，不做其他任何事</translation>
    </message>
    <message>
        <source>puts back what a run changed, where nobody has since</source>
        <translation>把某次运行更改的内容放回，前提是此后无人更改</translation>
    </message>
    <message>
        <source>lists the runs in the journal, newest first</source>
        <translation>列出日志中的运行，最新的在前</translation>
    </message>
    <message>
        <source>lets a language model write on from a prompt</source>
        <translation>让语言模型接着提示往下写</translation>
    </message>
    <message>
        <source>prints a model&apos;s logits behind given tokens</source>
        <translation>打印模型在给定词元之后的 logits</translation>
    </message>
    <message>
        <source>prints the tokens of a text</source>
        <translation>打印文本的词元</translation>
    </message>
    <message>
        <source>measures how well a model foretells a text</source>
        <translation>测量模型对文本的预测能力</translation>
    </message>
    <message>
        <source>plays a serving trace through a prefix cache of KV blocks
    --blocks N         sizes, each in blocks of 512 tokens; inf: without a bound
    --policy P         lru, fifo, lfu
    --prefill-rate R   tokens a second, to tell hits as time (10000)</source>
        <translation>让服务跟踪通过 KV 块的前缀缓存
    --blocks N         大小，以 512 个词元的块计；inf：无上限
    --policy P         lru、fifo、lfu
    --prefill-rate R   每秒词元数，用于把命中换算成时间 (10000)</translation>
    </message>
    <message>
        <source>
Every verb takes --json (one JSON object per line), --help and --version.
Stores: engine:[?memory=256mb&amp;policy=lru]  redis://[user[:password]@]host[:port][/db]
        rediss://… (?ca=&amp;cert=&amp;key=&amp;sni=)  redis+unix:///path?db=0
A password may also stand in KVSCOPE_PASSWORD.
Keys: \ is written \\, bytes that are not printable UTF-8 \xHH.
Exit: 0 done · 1 done, and something is not as it should be · 2 wrong usage ·
      3 unreachable, refused or unreadable · 4 interrupted
</source>
        <translation>
每个动词都接受 --json（每行一个 JSON 对象）、--help 和 --version。
存储：  engine:[?memory=256mb&amp;policy=lru]  redis://[user[:password]@]host[:port][/db]
        rediss://… (?ca=&amp;cert=&amp;key=&amp;sni=)  redis+unix:///path?db=0
密码也可以放在 KVSCOPE_PASSWORD 中。
键：    \ 写作 \\，不可打印为 UTF-8 的字节写作 \xHH。
退出码：0 完成 · 1 完成，但有不应有的情况 · 2 用法错误 ·
        3 无法访问、被拒绝或无法读取 · 4 被中断
</translation>
    </message>
    <message>
        <source>proves a store right against a binding&apos;s source, and repairs it if asked.
    --max-share S   repairs nothing where a larger share differs (0.5; told only of 100 entries and more)
    --wait N        N replicas must have taken each batch of repairs over
    --etcd URL      an etcd keeps the lease that lets one at a time repair, instead of the store
    --sample N      compares about N entries only, chosen by their keys
    --primary URL   compares the store, a replica, with that one instead of the source;
                    without --repair (a replica takes entries from its primary alone) and --resume</source>
        <translation>对照绑定的数据源证明存储正确，需要时修复。
    --max-share S   不同的比例更大时不做修复（0.5；100 个及以上条目才判断）
    --wait N        每批修复须有 N 个副本接收
    --etcd URL      由 etcd 而非存储保存租约，同时只让一人修复
    --sample N      只比较约 N 个条目，按键选取
    --primary URL   将存储（副本）与该主节点而非数据源比较；
                    不能带 --repair（副本只从主节点取得条目）和 --resume</translation>
    </message>
    <message>
        <source>computes the KV blocks that a file&apos;s prompts begin with and keeps them in a store
    --prompts FILE   paragraphs with empty lines between, or else a prompt a line
    --ttl D          of blocks that are written (1h); none: they stay</source>
        <translation>计算文件中各提示词开头的 KV 块并保存到存储
    --prompts FILE   以空行分隔的段落，否则每行一个提示词
    --ttl D          写入块的 TTL（1h）；none：永久保留</translation>
    </message>
    <message>
        <source>computes every KV block of the model in a store anew and compares bit for bit
    --repair delete   removes what is not as it should be; undo puts it back</source>
        <translation>重新计算存储中该模型的每个 KV 块并逐位比较
    --repair delete   移除不正确的块；undo 可恢复</translation>
    </message>
</context>
<context>
    <name>kvscope::WarmOrder</name>
    <message>
        <source>--order is key, hot:FILE, lfu, column:NAME, learned:FILE or benefit:FILE, not “%1”</source>
        <translation>--order 是 key、hot:FILE、lfu、column:NAME、learned:FILE 或 benefit:FILE，不能是“%1”</translation>
    </message>
    <message>
        <source>this order needs a key template that tells which row a key came from; “%1” does not</source>
        <translation>此顺序需要能看出键来自哪一行的键模板；“%1”不能</translation>
    </message>
    <message>
        <source>this store counts no accesses: its eviction policy is %1, and --order lfu needs allkeys-lfu or volatile-lfu</source>
        <translation>此存储不统计访问次数：其淘汰策略为 %1，而 --order lfu 需要 allkeys-lfu 或 volatile-lfu</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>line %1 can&apos;t be read as %2</source>
        <translation>第 %1 行无法按 %2 读取</translation>
    </message>
    <message>
        <source>it ends in the middle of a record</source>
        <translation>在一条记录中间结束</translation>
    </message>
    <message>
        <source>it is compressed with zstd, which this build can&apos;t unpack</source>
        <translation>它经 zstd 压缩，而此构建不能解压</translation>
    </message>
</context>
<context>
    <name>kvscope::WarmVerb</name>
    <message>
        <source>run %1 was not a warm-up of this binding, source and store</source>
        <translation>运行 %1 不是对此绑定、数据源和存储的预热</translation>
    </message>
    <message>
        <source>Run %1: %2 rows, %3 written, %4 kept as they are, %5 skipped.</source>
        <translation>运行 %1：%2 行，写入 %3，保持原样 %4，跳过 %5。</translation>
    </message>
</context>
<context>
    <name>kvscope::WarmupDialog</name>
    <message>
        <source>Warm up %1</source>
        <translation>预热 %1</translation>
    </message>
    <message>
        <source>Key order</source>
        <translation>按键的顺序</translation>
    </message>
    <message>
        <source>Hottest first, by an access log</source>
        <translation>最热优先，按访问日志</translation>
    </message>
    <message>
        <source>Hottest first, by the store&apos;s LFU counters</source>
        <translation>最热优先，按存储的 LFU 计数器</translation>
    </message>
    <message>
        <source>By a column, the largest first</source>
        <translation>按某一列，最大者优先</translation>
    </message>
    <message>
        <source>What a predictor expects, learned from a trace</source>
        <translation>按从跟踪学得的预测</translation>
    </message>
    <message>
        <source>Benefit per byte, by an access log</source>
        <translation>按每字节收益，依据访问日志</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>automatic: gives way to others</source>
        <translation>自动：为他人让路</translation>
    </message>
    <message>
        <source>&amp;First</source>
        <translation>优先(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Rows a second</source>
        <translation>每秒行数(&amp;R)</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Choose a trace or log</source>
        <translation>选择跟踪或日志</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>&amp;Column</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Reads the source once, in the binding&apos;s order.</source>
        <translation>按绑定的顺序读取一遍数据源。</translation>
    </message>
    <message>
        <source>At most 500,000 rows are ranked; those behind them come in key order.</source>
        <translation>最多对 500,000 行排序；其余的按键的顺序。</translation>
    </message>
    <message>
        <source>Name the column.</source>
        <translation>请写列名。</translation>
    </message>
    <message>
        <source>Choose the file: a key a line, or a trace.</source>
        <translation>请选择文件：每行一个键，或一个跟踪文件。</translation>
    </message>
    <message>
        <source>The rate is a number above 0, or empty.</source>
        <translation>速率是大于 0 的数，或留空。</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>文件(&amp;I)</translation>
    </message>
</context>
</TS>
