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
    <message>
        <source>%1 of %2 keys</source>
        <translation>%1 / %2 个键</translation>
    </message>
    <message>
        <source>%1 keys, stopped</source>
        <translation>%1 个键，已停止</translation>
    </message>
    <message>
        <source>%1 keys</source>
        <translation>%1 个键</translation>
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
        <source>Make one, or choose another database.</source>
        <translation>新建一个键，或选择其他数据库。</translation>
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
        <source>%1 lacks a value</source>
        <translation>%1 缺少值</translation>
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
</context>
<context>
    <name>kvscope::ConflictPanel</name>
    <message>
        <source>Not now</source>
        <translation>暂不处理</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>采用对方的</translation>
    </message>
    <message>
        <source>Overwrite theirs</source>
        <translation>覆盖对方的</translation>
    </message>
    <message>
        <source>Keep editing mine</source>
        <translation>继续编辑我的</translation>
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
        <source>Nothing was written and your text is kept. Choose what becomes of it.</source>
        <translation>没有写入任何内容，您的文本已保留。请选择如何处理。</translation>
    </message>
    <message>
        <source>This key was deleted or expired meanwhile</source>
        <translation>此键已被删除或已过期</translation>
    </message>
    <message>
        <source>Nothing was written and your text is kept. Created again it has no time to live.</source>
        <translation>没有写入任何内容，您的文本已保留。重新创建的键没有生存时间。</translation>
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
        <source>The window wears a red edge</source>
        <translation>窗口显示红色边框</translation>
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
</context>
<context>
    <name>kvscope::Connection</name>
    <message>
        <source>no answer within %1 ms</source>
        <translation>%1 毫秒内没有应答</translation>
    </message>
    <message>
        <source>a reply that nobody asked for</source>
        <translation>收到了未曾请求的应答</translation>
    </message>
    <message>
        <source>no handshake within %1 ms</source>
        <translation>%1 毫秒内未完成握手</translation>
    </message>
    <message>
        <source>it closed the connection at once</source>
        <translation>对方立即关闭了连接</translation>
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
        <source>none, or 90, 10m, 1.5h</source>
        <translation>留空为无，或 90、10m、1.5h</translation>
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
        <source>Text typed here on %1 was not saved.</source>
        <translation>%1 在此输入的文本尚未保存。</translation>
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
        <source>saves with compare-and-set</source>
        <translation>以比较并交换（CAS）保存</translation>
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
        <source>The server may be busy or the network slow; retry, or raise the time-out in the connection.</source>
        <translation>服务器可能繁忙或网络较慢；请重试，或在连接中调高超时时间。</translation>
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
        <source>Connect to its primary.</source>
        <translation>请连接到其主节点。</translation>
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
        <source>Check its path and rights.</source>
        <translation>请检查路径和权限。</translation>
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
    <message>
        <source>%1 keys</source>
        <translation>%1 个键</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>内置引擎</translation>
    </message>
    <message>
        <source>%1 ops/s</source>
        <translation>%1 次/秒</translation>
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
    <name>kvscope::HexView</name>
    <message>
        <source>Bytes of the value</source>
        <translation>值的字节</translation>
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
        <source>misses reaching the database</source>
        <translation>到达数据库的未命中</translation>
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
</context>
<context>
    <name>kvscope::ReadOnlyReason</name>
    <message>
        <source>The connection was opened read-only.</source>
        <translation>此连接以只读方式打开。</translation>
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
        <source>Search scenario</source>
        <translation>搜索场景</translation>
    </message>
    <message>
        <source>Requests per second</source>
        <translation>每秒请求数</translation>
    </message>
    <message>
        <source>How many searches are sent each second</source>
        <translation>每秒发送的搜索次数</translation>
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
        <source>Stop sending searches</source>
        <translation>停止发送搜索</translation>
    </message>
    <message>
        <source>Send searches through this store</source>
        <translation>经由此缓存发送搜索</translation>
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
        <source>the engine has no setting “%1”</source>
        <translation>引擎没有设置项“%1”</translation>
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
        <source>99th percentile of read latency, last second</source>
        <translation>最近一秒读取延迟的第 99 百分位</translation>
    </message>
    <message>
        <source>Memory in use by the store</source>
        <translation>缓存占用的内存</translation>
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
        <source>
Every verb takes --json (one JSON object a line), --help and --version.
Stores: engine:[?memory=256mb&amp;policy=lru]  redis://[user[:password]@]host[:port][/db]
        rediss://… (?ca=&amp;cert=&amp;key=&amp;sni=)  redis+unix:///path?db=0
A password may also stand in KVSCOPE_PASSWORD.
Keys: \ is written \\, bytes that are not printable UTF-8 \xHH.
Exit: 0 done · 1 done, and something is not as it should be · 2 wrong usage ·
      3 unreachable, refused or unreadable · 4 interrupted
</source>
        <translation>
每个子命令都接受 --json（每行一个 JSON 对象）、--help 和 --version。
缓存：engine:[?memory=256mb&amp;policy=lru]  redis://[user[:password]@]host[:port][/db]
      rediss://… (?ca=&amp;cert=&amp;key=&amp;sni=)  redis+unix:///path?db=0
密码也可以放在环境变量 KVSCOPE_PASSWORD 中。
键：\ 写成 \\，不可打印或非 UTF-8 的字节写成 \xHH。
退出码：0 完成 · 1 完成，但有不符合预期之处 · 2 用法错误 ·
        3 无法访问、被拒绝或无法读取 · 4 被中断
</translation>
    </message>
</context>
</TS>
