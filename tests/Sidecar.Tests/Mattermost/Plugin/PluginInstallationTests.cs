using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Hosting.Plugin;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Mattermost.Plugin;

/// <summary>The product as Mattermost runs it: nothing is set up before.</summary>
public sealed class PluginInstallationTests
{
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UP_1_Enabling_it_is_all_the_set_up_there_is()
    {
        await using var stage = await Stage.Open();

        (await stage.Host.Activate(Cancel)).ShouldBeNull();

        (await stage.Types("/escalate help")).ShouldStartWith("#### What people do most");
        stage.Host.Called.ShouldContain("Plugin.EnsureBotUser");
        stage.Host.Called.ShouldContain("Plugin.RegisterCommand");
        Encoding.UTF8.GetString(stage.Host.Keys["bot_token"]).ShouldEndWith(stage.Token);
        Directory.Exists(Path.Combine(stage.Data.Path, "escalate")).ShouldBeTrue();
        await stage.Host.Ask("OnDeactivate", Cancel);
        (await stage.Get("/api/v1/escalations")).Status.ShouldBe(503);
    }

    [Fact]
    public async Task UP_1_What_was_there_is_there_after_it_was_enabled_again()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);
        await stage.Types("/escalate new acme sev3 Logins are slow");

        await stage.Host.Ask("OnDeactivate", Cancel);
        (await stage.Host.Activate(Cancel)).ShouldBeNull();

        (await stage.Types("/escalate list all")).ShouldContain("Logins are slow");
        stage.Host.Called.Count(c => c == "Plugin.CreateUserAccessToken").ShouldBe(1);
    }

    [Fact]
    public async Task UP_1_Of_two_servers_that_make_a_token_at_once_the_first_one_s_holds()
    {
        await using var stage = await Stage.Open();
        var first = $"{stage.Mattermost.GetUser("escalate").Id} {stage.Token}";
        stage.Host.BotToken = "madesecond";
        stage.Host.MeanwhileOthersDo = key => stage.Host.Keys[key] = Encoding.UTF8.GetBytes(first);

        (await stage.Host.Activate(Cancel)).ShouldBeNull();

        Encoding.UTF8.GetString(stage.Host.Keys["bot_token"]).ShouldBe(first);
        stage.Host.Called.ShouldContain("Plugin.RevokeUserAccessToken");
        (await stage.Types("/escalate help")).ShouldStartWith("#### What people do most");
    }

    [Fact]
    public async Task UP_1_What_is_being_answered_when_it_is_switched_off_is_answered_first()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);
        using var held = new SemaphoreSlim(0);
        using var reached = new SemaphoreSlim(0);
        stage.Host.Holds = async method =>
        {
            if (method == "Plugin.GetChannel")
            {
                reached.Release();
                await held.WaitAsync(Cancel);
            }
        };

        var typed = stage.Types("/escalate new acme sev3 Logins are slow");
        await reached.WaitAsync(Cancel);
        var stopping = stage.Host.Ask("OnDeactivate", Cancel);
        held.Release();

        (await typed).ShouldContain("ESC-1");
        (await stopping)["A"].ShouldBeNull();
        await Should.ThrowAsync<Sidecar.Mattermost.Plugin.Rpc.RpcException>(() =>
            stage.Types("/escalate help")
        );
    }

    [Fact]
    public async Task UP_1_Settings_of_the_console_are_used_at_once_and_wrong_ones_change_nothing()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);
        var begun = stage.Starts;

        var refused = await stage.Host.Saves(
            new { Settings = """{ "nonsense": true }""", Store = "automatic" },
            Cancel
        );

        refused!.ShouldContain("nonsense");
        (await stage.Types("/escalate help")).ShouldStartWith("#### What people do most");
        stage.Starts.ShouldBe(begun);
        (
            await stage.Host.Saves(
                new { Settings = """{ "incidents": { "startByThemselves": false } }""" },
                Cancel
            )
        ).ShouldBeNull();
        (await stage.Types("/escalate help")).ShouldStartWith("#### What people do most");
        stage.Starts.ShouldBe(begun + 1);
    }

    [Fact]
    public async Task UP_1_A_field_of_the_console_is_used_at_once()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);
        await stage.Types("/escalate customer add acme \"Acme Labs\"", "admin");
        (await stage.Types("/escalate customer show acme", "admin")).ShouldContain("Acme Labs");
        // Nothing of ours has changed: nothing begins anew.
        var begun = stage.Starts;
        await stage.Host.Ask("OnConfigurationChange", Cancel);
        stage.Starts.ShouldBe(begun);

        (await stage.Host.Saves(new { Team_TimeZone = "Europe/Berlin" }, Cancel)).ShouldBeNull();

        stage.InUse("team", "timeZone").ShouldBe("Europe/Berlin");
        stage.Starts.ShouldBe(begun + 1);
        (await stage.Types("/escalate customer show acme", "admin")).ShouldContain("Acme Labs");
        // Emptied: the default holds again.
        (await stage.Host.Saves(new { Team_TimeZone = "" }, Cancel)).ShouldBeNull();
        stage.InUse("team", "timeZone").ShouldBeNull();
    }

    [Fact]
    public async Task UP_1_Administrators_are_told_of_a_wrong_field_once_and_the_last_good_ones_go_on()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);
        // Told are administrators who ever did something here.
        await stage.Types("/escalate help", "admin");
        await stage.Host.Saves(new { team_timezone = "Europe/Berlin" }, Cancel);
        var wrong = new { team_timezone = "Europe/Berln", updates_every_sev1 = "sometimes" };

        await stage.Host.Saves(wrong, Cancel);

        var told = await stage.Told("admin", 1);
        told.ShouldContain("those from before go on");
        told.ShouldContain("Time zone");
        told.ShouldContain("Europe/Berln");
        told.ShouldContain("sometimes");
        told.ShouldContain("System Console > Plugins > Escalate");
        stage.InUse("team", "timeZone").ShouldBe("Europe/Berlin");
        (await stage.Types("/escalate doctor", "admin")).ShouldContain("Europe/Berln");

        // Saved again, and found again after the process died: those that were good are used, nothing is told twice.
        await stage.Host.Saves(wrong, Cancel);
        await stage.Host.Ask("OnDeactivate", Cancel);
        (await stage.Host.Activate(Cancel)).ShouldBeNull();
        stage.InUse("team", "timeZone").ShouldBe("Europe/Berlin");
        await stage.Host.Saves(new { team_timezone = "Europe/Paris" }, Cancel);
        stage.InUse("team", "timeZone").ShouldBe("Europe/Paris");
        (await stage.Types("/escalate doctor", "admin")).ShouldNotContain("Europe/Berln");
        // What is wrong once more after it was right is told once more.
        await stage.Host.Saves(wrong, Cancel);
        await stage.Told("admin", 2);
        stage.ToldTo("tam").ShouldBeEmpty();
    }

    [Fact]
    public async Task UP_1_With_wrong_settings_and_none_that_were_good_it_does_not_begin_and_says_why()
    {
        await using var stage = await Stage.Open();
        stage.Host.Configuration = JsonSerializer.Serialize(new { team_timezone = "Europe/Berln" });

        var refused = (await stage.Host.Activate(Cancel)).ShouldNotBeNull();

        refused.ShouldContain("Time zone");
        refused.ShouldContain("Europe/Berln");
    }

    [Fact]
    public async Task UP_1_What_people_do_while_new_settings_are_taken_waits_and_nothing_is_lost()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);
        using var held = new SemaphoreSlim(0);
        using var reached = new SemaphoreSlim(0);
        stage.Host.Holds = async method =>
        {
            if (method == "Plugin.RegisterCommand")
            {
                reached.Release();
                await held.WaitAsync(Cancel);
            }
        };
        var saving = stage.Host.Saves(new { team_timezone = "Europe/Berlin" }, Cancel);
        await reached.WaitAsync(Cancel);
        stage.Host.Holds = null;
        var post = await stage
            .Mattermost.As("tam")
            .Post("town-square", "sev1! acme Nobody logs in");

        var typed = stage.Types("/escalate list all");
        var heard = stage.Host.Post(
            (
                post.Id,
                stage.Mattermost.GetUser("tam").Id,
                stage.Mattermost.GetChannel("town-square").Id,
                ""
            ),
            "sev1! acme Nobody logs in",
            Cancel
        );
        typed.IsCompleted.ShouldBeFalse();
        held.Release();

        (await saving).ShouldBeNull();
        await heard;
        (await typed).ShouldNotBeEmpty();
        (await stage.Types("/escalate list all")).ShouldContain("Nobody logs in");
    }

    [Fact]
    public async Task UP_1_What_is_hostile_is_refused_before_it_is_worked_on_and_the_rest_goes_on()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);

        var lines = Enumerable.Range(0, 1001).ToDictionary(i => $"x-{i}", _ => "");
        (await stage.Host.Serve("GET", "/api/v1/escalations", lines, [], Cancel)).Status.ShouldBe(
            431
        );
        (
            await stage.Host.Serve("POST", Inbound.ActionPath, None, new byte[200], Cancel)
        ).Status.ShouldBe(401);
        // A megabyte of headers is more than is taken, and breaks nothing.
        var many = Enumerable.Range(0, 120_000).ToDictionary(i => $"a{i}", _ => "");
        (await stage.Host.Serve("GET", "/api/v1/escalations", many, [], Cancel)).Status.ShouldBe(
            431
        );
        (await stage.Types("/escalate help")).ShouldStartWith("#### What people do most");
    }

    [Fact]
    public async Task UP_1_The_data_is_for_the_server_s_own_account()
    {
        await using var stage = await Stage.Open();
        var folder = Directory.CreateDirectory(Path.Combine(stage.Data.Path, "escalate"));
        stage.Host.Configuration = JsonSerializer.Serialize(
            new { settings = """{ "incidents": { "startByThemselves": false } }""" }
        );

        (await stage.Host.Activate(Cancel)).ShouldBeNull();

        const UnixFileMode Others =
            UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherExecute;
        foreach (
            var path in new[]
            {
                folder.FullName,
                Path.Combine(folder.FullName, PluginSettings.FileName),
            }
        )
        {
            // Where there are no such modes, folders of an account are its own.
            (OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path) & Others).ShouldBe(
                UnixFileMode.None,
                path
            );
        }
    }

    [Fact]
    public async Task UP_1_A_word_raises_from_a_message_once_and_nothing_else_does()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);
        var square = stage.Mattermost.GetChannel("town-square").Id;
        var tam = stage.Mattermost.GetUser("tam").Id;
        var post = await stage
            .Mattermost.As("tam")
            .Post("town-square", "sev1! acme Nobody can log in");
        foreach (
            var (id, user, type, text) in new[]
            {
                (post.Id, tam, "", "sev1! acme Nobody can log in"),
                // The same message, told twice.
                (post.Id, tam, "", "sev1! acme Nobody can log in"),
                (post.Id, tam, "", "is it sev1! again?"),
                (post.Id, tam, "", "sev1!acme"),
                (post.Id, tam, "system_join_channel", "sev1! acme Other"),
                (post.Id, stage.Mattermost.GetUser("escalate").Id, "", "sev1! acme Another"),
                ("no id", tam, "", "sev1! acme Wrong"),
            }
        )
        {
            await stage.Host.Post((id, user, square, type), text, Cancel);
        }

        var list = await stage.Types("/escalate list all");
        list.ShouldContain("Nobody can log in");
        list.ShouldContain("ESC-1");
        list.ShouldNotContain("ESC-2");
    }

    [Fact]
    public async Task UP_1_Subcommands_and_what_follows_them_are_completed()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);

        var root = stage.Host.Command!["AutocompleteData"]!;
        root.TextOf("Trigger").ShouldBe("escalate");
        var ack = Sub(root, "ack");
        ack.TextOf("HelpText").ShouldNotBeEmpty();
        var first = ((GobValue.ListValue)ack["Arguments"]!).Items[0];
        first.TextOf("Type").ShouldBe("DynamicList");
        first["Data"]!.Held!.TextOf("FetchURL").ShouldBe("mattermost/complete/escalations");
        ack.TextOf("Hint").ShouldStartWith("ESC-");
        Sub(Sub(root, "implementation"), "score").TextOf("Hint").ShouldBe("IMP-1");
        All(root).Count().ShouldBeGreaterThan(100);
        // What a server refuses the whole command for.
        foreach (var node in All(root))
        {
            node.TextOf("Trigger").ShouldBe(node.TextOf("Trigger").ToLowerInvariant());
            (node["Arguments"] is not null && node["SubCommands"] is not null).ShouldBeFalse();
            if (node["Arguments"] is GobValue.ListValue arguments)
            {
                arguments.Items.ShouldAllBe(a => a.BoolOf("Required") && a["Name"] == null);
            }
        }
    }

    [Fact]
    public async Task UP_1_All_that_is_announced_is_answered_and_by_the_rights_of_who_types()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);
        await stage.Types("/escalate customer add acme \"Acme Labs\"", "admin");
        await stage.Types("/escalate new acme sev3 Logins are slow");
        var announced = All(stage.Host.Command!["AutocompleteData"]!)
            .SelectMany(n => n["Arguments"] is GobValue.ListValue list ? list.Items : [])
            .Where(a => a.TextOf("Type") == "DynamicList")
            .Select(a => a["Data"]!.Held!.TextOf("FetchURL"))
            .Distinct()
            .ToList();
        announced.Count.ShouldBeGreaterThan(25);
        foreach (var address in announced)
        {
            (await stage.Get($"/{address}")).Status.ShouldBe(401);
            (await stage.Completes("tam", address, "escalate x ", "")).ShouldNotBeEmpty();
        }

        const string Customers = "mattermost/complete/customers";
        const string Escalations = "mattermost/complete/escalations";
        (await stage.Completes("admin", Customers, "escalate new ", "ac")).ShouldBe([
            ("acme", "Acme Labs"),
        ]);
        // As a server shows an argument that is only text: what to write, and nobody's name.
        (await stage.Completes("tam", Customers, "escalate new ", ""))
            .ShouldHaveSingleItem()
            .Word.ShouldBeEmpty();
        (await stage.Completes("tam", Customers, "escalate new ", "ac")).ShouldBeEmpty();
        (await stage.Completes("tam", Escalations, "escalate ack ", "")).ShouldBe([
            ("ESC-1", "Sev 3, Needs information"),
        ]);
        // Behind a word Mattermost goes on only when it was offered, whatever it is.
        (await stage.Completes("tam", Customers, "escalate new ", "other sev1")).ShouldBe([
            ("other", ""),
        ]);
        (await stage.Completes("tam", Customers, "escalate new ", "\"two words\" sev1")).ShouldBe([
            ("\"two words\"", ""),
        ]);
        (await stage.Completes("tam", Customers, "escalate new ", "\"two wor")).ShouldBeEmpty();
        foreach (var none in (string[])["nothing", "nothing/0", "list/99", "list/-1", "find/0"])
        {
            (await stage.Get($"/mattermost/complete/{none}")).Status.ShouldBe(404, none);
        }
    }

    [Fact]
    public async Task UP_1_Fixed_words_stand_in_front_of_customers_and_people_are_offered()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);
        await stage.Types("/escalate customer add acme \"Acme Labs\"", "admin");
        const string List = "mattermost/complete/list/0";

        (await stage.Completes("tam", List, "escalate list ", "m"))
            .Select(o => o.Word)
            .ShouldBe(["mine", "monitoring"]);
        (await stage.Completes("admin", List, "escalate list ", "acm")).ShouldBe([
            ("acme", "Acme Labs"),
        ]);
        (await stage.Completes("tam", List, "escalate list ", "acm")).ShouldBeEmpty();
        var people = Sub(stage.Host.Command!["AutocompleteData"]!, "assign");
        ((GobValue.ListValue)people["Arguments"]!).Items[1]["Data"]!
            .Held!.TextOf("FetchURL")
            .ShouldBe("mattermost/complete/people");
        const string People = "mattermost/complete/people";
        (await stage.Completes("tam", People, "escalate assign ESC-1 ", "@ad"))
            .Select(o => o.Word)
            .ShouldBe(["@admin"]);
        (await stage.Completes("tam", People, "escalate assign ESC-1 ", "@zz")).ShouldBeEmpty();
        // Whoever is a guest is told of nobody.
        stage.Mattermost.AddUser("visitor", roles: "system_guest");
        (await stage.Completes("visitor", People, "escalate assign ESC-1 ", "@ad")).ShouldBeEmpty();
        (
            await stage.Completes(
                "tam",
                "mattermost/complete/playbooks",
                "escalate playbook show ",
                "s"
            )
        )
            .Select(o => o.Word)
            .ShouldContain("sev1");
    }

    [Fact]
    public async Task UP_1_There_is_no_such_door_where_nobody_says_who_asks()
    {
        await using var desk = await Desk.Open();
        if (desk.IsByPlugin)
        {
            return;
        }

        using var http = new HttpClient { BaseAddress = desk.Address };
        http.DefaultRequestHeaders.Add("Mattermost-User-Id", desk.IdOf("tam").Value);

        var answer = await http.GetAsync(
            "/mattermost/complete/customers?user_input=escalate+new+&parsed=escalate+new+",
            Cancel
        );

        ((int)answer.StatusCode).ShouldBe(404);
    }

    private static GobValue Sub(GobValue node, string word) =>
        ((GobValue.ListValue)node["SubCommands"]!).Items.Single(n => n.TextOf("Trigger") == word);

    private static IEnumerable<GobValue> All(GobValue node) =>
        node["SubCommands"] is GobValue.ListValue words
            ? words.Items.SelectMany(All).Prepend(node)
            : [node];

    [Theory]
    [InlineData("/readyz", 404)]
    [InlineData("/healthz", 404)]
    [InlineData("/metrics", 404)]
    [InlineData("/mattermost/command", 404)]
    [InlineData("/api/v1/escalations", 401)]
    public async Task UP_1_Through_Mattermost_only_open_doors_are_reached(string path, int status)
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);

        (await stage.Get(path)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task UP_1_Nobody_presses_in_somebody_elses_name()
    {
        await using var stage = await Stage.Open();
        await stage.Host.Activate(Cancel);
        var body = Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(
                new
                {
                    user_id = stage.Mattermost.GetUser("admin").Id,
                    channel_id = stage.Mattermost.GetChannel("town-square").Id,
                    context = new { @sealed = "x" },
                }
            )
        );

        var (status, _, answer) = await stage.Host.Serve(
            "POST",
            "/mattermost/action",
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Mattermost-User-Id"] = stage.Mattermost.GetUser("tam").Id,
            },
            body,
            Cancel
        );

        status.ShouldBe(401);
        answer.ShouldBeEmpty();
    }

    [Fact]
    public async Task UP_1_A_person_with_the_bots_name_is_told_to_the_administrator()
    {
        await using var stage = await Stage.Open(hasBot: false);
        stage.Mattermost.AddUser("escalate");

        (await stage.Host.Activate(Cancel))!.ShouldContain("@escalate is a person's account");
    }

    [Fact]
    public async Task UP_2_It_does_not_run_beside_a_sidecar_and_says_how_to_move()
    {
        await using var stage = await Stage.Open();
        stage.Host.CustomCommand = "http://sidecar.internal:8085/mattermost/command";

        var refused = (await stage.Host.Activate(Cancel)).ShouldNotBeNull();

        refused.ShouldContain("http://sidecar.internal:8085/mattermost/command");
        refused.ShouldContain("--uninstall");
        stage.Host.CustomCommand = null;
        (await stage.Host.Activate(Cancel)).ShouldBeNull();
    }

    private sealed class Stage : IAsyncDisposable
    {
        private readonly PluginInstallation _product;

        private Stage(MattermostSimulator mattermost, PluginInstallation product) =>
            (Mattermost, _product) = (mattermost, product);

        public MattermostSimulator Mattermost { get; }

        public TemporaryFolder Data { get; } = new();

        public HostStandIn Host { get; private set; } = null!;

        public string Token { get; private set; } = "";

        public static async Task<Stage> Open(bool hasBot = true)
        {
            var mattermost = await MattermostSimulator.StartAsync(new SimulatorOptions());
            mattermost.AddTeam("ops");
            mattermost.AddUser("tam");
            var stage = new Stage(
                mattermost,
                new PluginInstallation(TimeProvider.System, new PluginLogs())
            );
            (stage.Host, _) = await HostStandIn.Connect(stage._product, mattermost, Cancel);
            stage.Host.DataDirectory = stage.Data.Path;
            if (hasBot)
            {
                (_, stage.Token) = mattermost.AddBot("escalate");
                stage.Host.BotToken = stage.Token;
            }

            return stage;
        }

        public async Task<string> Types(string command, string who = "tam") =>
            (
                await Host.Execute(
                    (
                        Mattermost.GetUser(who).Id,
                        Mattermost.GetChannel("town-square").Id,
                        Mattermost.Teams[0].Id,
                        "",
                        ""
                    ),
                    command,
                    None,
                    None,
                    Cancel
                )
            ).TextOf("Text");

        /// <summary>What Mattermost is answered when somebody has typed so far.</summary>
        public async Task<IReadOnlyList<(string Word, string Hint)>> Completes(
            string who,
            string address,
            string parsed,
            string typed
        )
        {
            var (status, _, body) = await Host.Serve(
                "GET",
                $"/{address}?user_input={Uri.EscapeDataString(parsed + typed)}&parsed={Uri.EscapeDataString(parsed)}",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Mattermost-User-Id"] = Mattermost.GetUser(who).Id,
                },
                [],
                Cancel
            );
            status.ShouldBe(200);
            using var answer = JsonDocument.Parse(body);
            return
            [
                .. answer
                    .RootElement.EnumerateArray()
                    .Select(i =>
                        (i.GetProperty("Item").GetString()!, i.GetProperty("Hint").GetString()!)
                    ),
            ];
        }

        /// <summary>How often the product began.</summary>
        public int Starts => Host.Called.Count(c => c == "Plugin.RegisterCommand");

        /// <summary>What holds, as the console's file says it; null for the default.</summary>
        public string? InUse(params string[] path)
        {
            var file = Path.Combine(Data.Path, "escalate", PluginSettings.FileName);
            return File.Exists(file)
                ? path.Aggregate(JsonNode.Parse(File.ReadAllText(file)), (at, name) => at?[name])
                    ?.GetValue<string>()
                : null;
        }

        /// <summary>What the bot wrote to somebody.</summary>
        public IReadOnlyList<string> ToldTo(string who)
        {
            var ids = new[] { Mattermost.GetUser("escalate").Id, Mattermost.GetUser(who).Id };
            return
            [
                .. Mattermost
                    .Channels.Where(c => c.Type == "D" && ids.All(i => c.Name.Contains(i)))
                    .SelectMany(c => Mattermost.Posts(c.Id))
                    .Where(p => p.Message.Contains("System Console"))
                    .Select(p => p.Message),
            ];
        }

        /// <summary>The latest of so many, when they have come.</summary>
        public async Task<string> Told(string who, int count)
        {
            var begun = TimeProvider.System.GetTimestamp();
            while (ToldTo(who).Count < count)
            {
                TimeProvider
                    .System.GetElapsedTime(begun)
                    .ShouldBeLessThan(
                        TimeSpan.FromSeconds(60),
                        string.Join('\n', Host.Logged.TakeLast(20))
                    );
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
            }

            var told = ToldTo(who);
            told.Count.ShouldBe(count);
            return told[^1];
        }

        public Task<(int Status, Dictionary<string, string> Headers, byte[] Body)> Get(
            string path
        ) => Host.Serve("GET", path, None, [], Cancel);

        public async ValueTask DisposeAsync()
        {
            await _product.DisposeAsync();
            await Host.DisposeAsync();
            await Mattermost.DisposeAsync();
            Data.Dispose();
        }
    }
}
