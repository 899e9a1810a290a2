using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Cli;
using Sidecar.Features.Customers.Changes;
using Sidecar.Hosting;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Tests.Harness;
using SlashCommand = Mattermost.Simulator.Command;

namespace Sidecar.Tests.Setup;

/// <summary>
/// A server, an empty data directory, and the command line as a person uses it. After every command it makes sure that
/// no secret was printed.
/// </summary>
internal sealed class SetupBench : IAsyncDisposable
{
    public const string PublicUrl = "http://127.0.0.1:8085";

    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<string> _seenSecrets = new(StringComparer.Ordinal);
    private readonly HttpClient _http;

    private SetupBench(MattermostSimulator mattermost)
    {
        Mattermost = mattermost;
        _http = new HttpClient { BaseAddress = mattermost.Url };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            mattermost.AdminToken
        );
        mattermost.AddTeam("ops");
        mattermost.AddTeam("sales");
        mattermost.AddUser("tam");
    }

    public MattermostSimulator Mattermost { get; }

    public string Folder => _folder.Path;

    public string Data => Path.Combine(_folder.Path, "data");

    public SecretsFile File => new(Data);

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public static async Task<SetupBench> Open(SimulatorOptions? options = null)
    {
        var bench = new SetupBench(await MattermostSimulator.StartAsync(options));
        bench.Mattermost.Configure(
            "ServiceSettings.AllowedUntrustedInternalConnections",
            "127.0.0.1"
        );
        return bench;
    }

    /// <summary>A server on which the product is set up in team ops.</summary>
    public static async Task<SetupBench> Installed(SimulatorOptions? options = null)
    {
        var bench = await Open(options);
        (await bench.Install()).ShouldBe(ExitCode.Done, bench.Error);
        return bench;
    }

    /// <summary>The first set-up; what is given takes the place of what is usual.</summary>
    public Task<int> Install(params string[] more)
    {
        (string Option, string Value)[] usual =
        [
            ("--data", Data),
            ("--url", Mattermost.Url.ToString()),
            ("--public-url", PublicUrl),
            ("--team", "ops"),
        ];
        return Run([
            "install",
            .. usual
                .Where(u => !more.Contains(u.Option))
                .SelectMany(u => new[] { u.Option, u.Value }),
            .. more,
        ]);
    }

    /// <summary>A later set-up, which knows everything from the first.</summary>
    public Task<int> InstallAgain(params string[] more) =>
        Run(["install", "--data", Data, .. more]);

    public Task<int> Run(params string[] arguments) =>
        RunAs(Mattermost.AdminToken, "", TimeProvider.System, arguments);

    /// <param name="token">In the environment; null for none.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="clock">The time.</param>
    /// <param name="arguments">The command line.</param>
    public Task<int> RunAs(
        string? token,
        string input,
        TimeProvider clock,
        params string[] arguments
    ) =>
        Run(
            new SetupSeams
            {
                Clock = clock,
                Input = new StringReader(input),
                Variable = name => name == AdminToken.Variable ? token : null,
            },
            arguments
        );

    /// <summary>As an administrator whose machine differs from the usual one.</summary>
    public Task<int> RunWith(Func<SetupSeams, SetupSeams> change, params string[] arguments) =>
        Run(
            change(
                new SetupSeams
                {
                    Input = new StringReader(""),
                    Variable = name => name == AdminToken.Variable ? Mattermost.AdminToken : null,
                }
            ),
            arguments
        );

    private async Task<int> Run(SetupSeams given, string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var seams = given with { OnTerminal = () => false };
        var root = SetupCommands.Build(null, seams, ImportCommand.Build(seams));
        var code = await SetupCommands.Invoke(
            root,
            arguments,
            new InvocationConfiguration { Output = output, Error = error }
        );
        (Output, Error) = (output.ToString(), error.ToString());
        ShowsNoSecret();
        return code;
    }

    /// <summary>Does what an administrator does in the System Console.</summary>
    public async Task<JsonNode?> Api(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"api/v4/{path}");
        if (body is not null)
        {
            request.Content = new StringContent(
                JsonSerializer.Serialize(body),
                Encoding.UTF8,
                "application/json"
            );
        }

        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text);
    }

    /// <summary>Changes some fields of our command in team ops, as somebody in the System Console would.</summary>
    public async Task ChangeCommand(Func<SlashCommand, SlashCommand> change)
    {
        var command = Mattermost.CommandsOf("ops").Single();
        var changed = change(command);
        await Api(
            "PUT",
            $"commands/{command.Id}",
            new
            {
                id = command.Id,
                team_id = command.TeamId,
                trigger = command.Trigger,
                method = command.Method,
                url = changed.Url,
                display_name = changed.DisplayName,
                description = changed.Description,
                auto_complete = changed.AutoComplete,
                auto_complete_desc = changed.AutoCompleteDesc,
                auto_complete_hint = changed.AutoCompleteHint,
            }
        );
    }

    /// <summary>Every request since they were last forgotten was a question.</summary>
    public void OnlyAsked() =>
        Mattermost
            .Requests.Where(r => r.Method != "GET")
            .Select(r => $"{r.Method} {r.Path}")
            .ShouldBeEmpty();

    /// <summary>What is there is right already: nothing but questions, nothing written.</summary>
    public async Task IsSettled()
    {
        var before = await System.IO.File.ReadAllBytesAsync(File.Path);
        Mattermost.ForgetRequests();
        (await InstallAgain()).ShouldBe(ExitCode.Done, Error);
        OnlyAsked();
        Output.ShouldContain("Nothing had to be changed.");
        (await System.IO.File.ReadAllBytesAsync(File.Path)).ShouldBe(before);
    }

    public async ValueTask DisposeAsync()
    {
        Mattermost.Violations.ShouldBeEmpty();
        _http.Dispose();
        await Mattermost.DisposeAsync();
        _folder.Dispose();
    }

    private void ShowsNoSecret()
    {
        _seenSecrets.Add(Mattermost.AdminToken);
        foreach (var token in Recorded())
        {
            _seenSecrets.Add(token);
        }

        foreach (var secret in _seenSecrets)
        {
            Output.ShouldNotContain(secret);
            Error.ShouldNotContain(secret);
        }
    }

    private IEnumerable<string> Recorded()
    {
        Secrets? secrets;
        try
        {
            secrets = File.Find();
        }
        catch (SetupException)
        {
            return [];
        }

        return secrets is null
            ? []
            : secrets
                .CommandTokens.Concat(secrets.TriggerTokens)
                .Append(secrets.Bot.Token)
                .Where(t => !t.IsMissing)
                .Select(t => t.Reveal());
    }
}
