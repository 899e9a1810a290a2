using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Shouldly;
using Sidecar.Tests.Conformance;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin.Real;

/// <summary>
/// The product on a real Mattermost of this machine, as its plugin. A server of its own is wanted: the plugin is
/// replaced by the one under test, which is switched off at the end; what it has stored stays with the server.
/// <code>
/// MATTERMOST_URL=http://127.0.0.1:8065 MATTERMOST_ADMIN_TOKEN=… ESCALATE_PLUGIN_ARCHIVE=dist/escalate-0.2.0-server.tar.gz dotnet test tests/Sidecar.Tests --filter "FullyQualifiedName~Plugin.Real"
/// </code>
/// </summary>
internal sealed class RealPlugin : IAsyncDisposable
{
    private const string ArchiveName = "ESCALATE_PLUGIN_ARCHIVE";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Cast _cast;
    private readonly string _archive;

    private RealPlugin(Cast cast, string archive) => (_cast, _archive) = (cast, archive);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Someone Admin => _cast.Admin;

    public Someone Tam => _cast.Tam;

    public Someone Engineer => _cast.Engineer;

    public string TeamId => _cast.TeamId;

    public string Square => _cast.TownSquare;

    public Uri Url => _cast.Server.Url;

    /// <summary>Something that no other run has in its names.</summary>
    public string Mark => _cast.Mark;

    /// <summary>Uploads the archive and switches it on.</summary>
    public static async Task<RealPlugin> Open()
    {
        var archive = Environment.GetEnvironmentVariable(ArchiveName);
        Assert.SkipWhen(RealMattermost.WhyNot is not null, RealMattermost.WhyNot ?? "");
        Assert.SkipWhen(
            string.IsNullOrEmpty(archive),
            $"{ArchiveName} is not set: there is no archive with a server part to upload."
        );
        Assert.SkipUnless(
            OperatingSystem.IsLinux(),
            "The plugin's process is looked for as Linux shows it."
        );
        var plugin = new RealPlugin(await Cast.Assemble(new RealMattermost()), archive!);
        await plugin.Upload("0.2.0");
        await plugin.Enable();
        foreach (var person in (Someone[])[plugin.Tam, plugin.Engineer])
        {
            (
                await plugin.Types(plugin.Admin, $"/escalate role grant @{person.Name} de")
            ).ShouldContain("has the role");
        }

        return plugin;
    }

    public async Task Upload(string version)
    {
        var bytes = await PluginArchive.With(
            _archive,
            version,
            Version.Parse(_cast.Version),
            Cancel
        );
        using var form = new MultipartFormDataContent();
        using var force = new StringContent("true");
        using var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/gzip");
        form.Add(force, "force");
        form.Add(file, "plugin", "escalate.tar.gz");
        var answer = await Admin.Api.Post("/plugins", form);
        answer.Status.ShouldBe(201, answer.Body.GetRawText());
    }

    public Task Enable() => Admin.Api.Done(HttpMethod.Post, "/plugins/escalate/enable");

    public Task Disable() => Admin.Api.Done(HttpMethod.Post, "/plugins/escalate/disable");

    /// <summary>As an administrator does who finds that it is gone.</summary>
    public async Task EnableAgain()
    {
        await Disable();
        await Enable();
    }

    /// <summary>The process that serves now.</summary>
    public int Process() =>
        PluginProcess.Of(Url.Port)
        ?? throw new InvalidOperationException("Mattermost runs no process of ours.");

    /// <summary>Another process than one that is gone.</summary>
    public Task<int> ProcessAfter(int gone) =>
        Until(
            () =>
                Task.FromResult(
                    PluginProcess.Of(Url.Port) is { } id && id != gone ? id : (int?)null
                ),
            "Mattermost started no other process"
        );

    /// <summary>What whoever types gets to read.</summary>
    public async Task<string> Types(Someone who, string command, string? channel = null)
    {
        var answer = await TypesRaw(who, command, channel);
        answer.Status.ShouldBe(200, $"{command}: {answer.Body.GetRawText()}");
        return answer["text"];
    }

    public Task<Answered> TypesRaw(Someone who, string command, string? channel = null) =>
        who.Api.Post(
            "/commands/execute",
            new
            {
                channel_id = channel ?? Square,
                team_id = TeamId,
                command,
            }
        );

    public Task<Answered> Panel(Someone who, object request) =>
        TypesRaw(who, $"/escalate panel \u2063{JsonSerializer.Serialize(request)}");

    /// <summary>A command that opens a form, the form, and its being sent with some fields filled in.</summary>
    public async Task<Answered> Fills(
        Someone who,
        string command,
        params (string Name, string Value)[] fields
    )
    {
        await using var client = await WebClient.Connect(Url, who.Api.Token);
        await Types(who, command);
        var opened = await client.Event("open_dialog");
        return await Submits(who, opened, fields);
    }

    /// <summary>Sends a form as a client does: what it was opened with, and what was typed into it.</summary>
    public async Task<Answered> Submits(
        Someone who,
        JsonElement opened,
        params (string Name, string Value)[] fields
    )
    {
        var dialog = opened.At("data.dialog")!.Value;
        dialog =
            dialog.ValueKind == JsonValueKind.String
                ? JsonPaths.Parse(dialog.GetString()!)
                : dialog;
        Dictionary<string, object?> typed = new(StringComparer.Ordinal);
        foreach (var element in dialog.At("dialog.elements")!.Value.EnumerateArray())
        {
            var chosen = element.Text("default");
            typed[element.Text("name")] = chosen.Length > 0 ? chosen : null;
        }

        foreach (var (name, value) in fields)
        {
            typed.ContainsKey(name).ShouldBeTrue($"{name} in {string.Join(", ", typed.Keys)}");
            typed[name] = value;
        }

        return await who.Api.Post(
            "/actions/dialogs/submit",
            new
            {
                url = dialog.Text("url"),
                callback_id = dialog.Text("dialog.callback_id"),
                state = dialog.Text("dialog.state"),
                user_id = who.Id,
                channel_id = Square,
                team_id = TeamId,
                submission = typed,
            }
        );
    }

    public static Task<Answered> Presses(Someone who, JsonElement post, string label)
    {
        var button = post.At("props.attachments")!
            .Value.EnumerateArray()
            .SelectMany(a => a.At("actions") is { } all ? all.EnumerateArray() : default)
            .First(b => b.Text("name") == label);
        return who.Api.Post(
            $"/posts/{post.Text("id")}/actions/{button.Text("id")}",
            new { selected_option = "" }
        );
    }

    /// <summary>The newest posts of a channel first.</summary>
    public async Task<IReadOnlyList<JsonElement>> Posts(
        string? channel = null,
        Someone? reader = null
    )
    {
        List<JsonElement> all = [];
        for (var page = 0; ; page++)
        {
            var list = await (reader ?? Admin).Api.Done(
                HttpMethod.Get,
                $"/channels/{channel ?? Square}/posts?per_page=200&page={page}"
            );
            var posts = Stage.InOrder(list);
            all.AddRange(posts);
            if (posts.Count < 200)
            {
                // What is written meanwhile pushes a post onto the next page, where it is read again.
                return [.. all.DistinctBy(p => p.Text("id"))];
            }
        }
    }

    /// <summary>The card of an escalation in the channel where it was raised, as soon as it fits.</summary>
    public Task<JsonElement> Card(string id, Func<JsonElement, bool>? fits = null) =>
        Until(
            async () =>
                (await Posts())
                    .Where(p => IsCard(p, id) && (fits is null || fits(p)))
                    .Select(p => (JsonElement?)p)
                    .FirstOrDefault(),
            $"no such card of {id}"
        );

    public static bool IsCard(JsonElement post, string id) =>
        post.Text("root_id").Length == 0
        && post.Text("type").Length == 0
        && post.Text("message").Contains($"**{id}**", StringComparison.Ordinal);

    /// <summary>What the bot has told somebody by direct message, the newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> Told(Someone who)
    {
        var bot = await Admin.Api.Done(HttpMethod.Get, "/users/username/escalate");
        var direct = await who.Api.Done(
            HttpMethod.Post,
            "/channels/direct",
            new[] { who.Id, bot.Text("id") }
        );
        return await Posts(direct.Text("id"), who);
    }

    /// <summary>Asks again and again, since a real server tells nobody when it is so far.</summary>
    public static async Task<T> Until<T>(Func<Task<T?>> asked, string otherwise)
        where T : struct
    {
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < Patience)
        {
            if (await asked() is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancel);
        }

        throw new TimeoutException($"After {Patience.TotalSeconds:0} seconds {otherwise}.");
    }

    /// <summary>All channels of the team, as an administrator of the server sees them.</summary>
    public async Task<IReadOnlyList<JsonElement>> Channels()
    {
        List<JsonElement> all = [];
        for (var page = 0; ; page++)
        {
            var some = await Admin.Api.Done(HttpMethod.Get, $"/channels?per_page=200&page={page}");
            all.AddRange(some.EnumerateArray().Where(c => c.Text("team_id") == TeamId));
            if (some.GetArrayLength() < 200)
            {
                return all;
            }
        }
    }

    /// <summary>A message with a file, and its link.</summary>
    public async Task<string> Shares(string name, string content)
    {
        using var form = new MultipartFormDataContent();
        using var channel = new StringContent(Square);
        using var file = new StringContent(content);
        form.Add(channel, "channel_id");
        form.Add(file, "files", name);
        var uploaded = await Admin.Api.Done(HttpMethod.Post, "/files", form);
        var post = await Admin.Api.Done(
            HttpMethod.Post,
            "/posts",
            new
            {
                channel_id = Square,
                message = name,
                file_ids = new[] { uploaded.Text("file_infos.0.id") },
            }
        );
        return $"{Url.ToString().TrimEnd('/')}/{_cast.TeamName}/pl/{post.Text("id")}";
    }

    /// <summary>
    /// After a process is gone another one serves: when Mattermost starts it by itself, or when an administrator does,
    /// who does not wait or finds that Mattermost has given up.
    /// </summary>
    /// <returns>Whether Mattermost did it.</returns>
    public async Task<bool> ComesBack(int gone, bool waits)
    {
        var begun = Stopwatch.GetTimestamp();
        var byItself = false;
        while (Stopwatch.GetElapsedTime(begun) < Patience)
        {
            byItself = waits && PluginProcess.Of(Url.Port) is { } id && id != gone;
            if (byItself || !waits || await HasGivenUp())
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Cancel);
        }

        if (!byItself)
        {
            await Admin.Api.Post("/plugins/escalate/disable");
            await Admin.Api.Post("/plugins/escalate/enable");
        }

        await Until(
            async () =>
                (await TypesRaw(Admin, "/escalate internal ping")).Status == 200
                    ? true
                    : (bool?)null,
            "nobody answers"
        );
        return byItself;
    }

    /// <summary>Three deaths in an hour: Mattermost starts it no more.</summary>
    public async Task<bool> HasGivenUp() =>
        (await Admin.Api.Done(HttpMethod.Get, "/plugins/statuses"))
            .EnumerateArray()
            .Any(s => s.Text("plugin_id") == "escalate" && s.Text("state") == "4");

    public Task<Someone> Person(string role) => _cast.Person(role);

    public async ValueTask DisposeAsync()
    {
        await Admin.Api.Post("/plugins/escalate/disable");
        await _cast.DisposeAsync();
    }
}
