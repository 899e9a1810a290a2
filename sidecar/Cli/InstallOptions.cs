using System.CommandLine;
using Sidecar.Setup;
using Sidecar.Setup.Install;
using Sidecar.Text;

namespace Sidecar.Cli;

/// <summary>The options of <c>install</c>.</summary>
internal sealed class InstallOptions
{
    public Option<Uri?> Url { get; } =
        SetupOptions.Address("--url", "Mattermost, as reached from here. Needed the first time.");

    public Option<Uri?> PublicUrl { get; } =
        SetupOptions.Address(
            "--public-url",
            "The sidecar, as Mattermost reaches it. Needed the first time."
        );

    public Option<string?> Token { get; } =
        AdminToken.Option("A system administrator's access token; used now, never kept.");

    public Option<string[]> Teams { get; } =
        new("--team")
        {
            Description =
                "A team in which to set up, by the name in its address; repeat it for more. Teams set up before stay.",
            HelpName = "name",
        };

    public Option<string> Data { get; } = SetupOptions.Data();

    public Option<string?> Store { get; } = SetupOptions.Store();

    public Option<string?> Plugin { get; } =
        new("--plugin")
        {
            Description =
                $"The plugin's archive. Default: dist/escalate-{ProductVersion.Current}.tar.gz, when it is there.",
            HelpName = "tar.gz",
        };

    public Option<string> Bot { get; } =
        new("--bot")
        {
            Description = "The bot's user name, when it is made.",
            HelpName = "name",
            DefaultValueFactory = _ => InstallRequest.DefaultBotName,
        };

    public Option<bool> TakeOver { get; } =
        new("--take-over")
        {
            Description =
                "Take over the command, webhook and tokens of an earlier installation whose data directory is lost.",
        };

    public Option<bool> Uninstall { get; } =
        new("--uninstall")
        {
            Description =
                "Take everything away again, in all teams. The store stays; Mattermost deactivates bots and deletes none.",
        };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            Url,
            PublicUrl,
            Token,
            Teams,
            Data,
            Store,
            Plugin,
            Bot,
            TakeOver,
            Uninstall,
        ];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    public InstallRequest Read(ParseResult parsed, Secret token) =>
        new()
        {
            Mattermost = parsed.GetValue(Url),
            Public = parsed.GetValue(PublicUrl),
            Teams = parsed.GetValue(Teams) ?? [],
            DataDirectory = parsed.GetRequiredValue(Data),
            AdminToken = token,
            BotName = parsed.GetRequiredValue(Bot),
            Store = parsed.GetValue(Store),
            Plugin = parsed.GetValue(Plugin),
            TakeOver = parsed.GetValue(TakeOver),
        };
}
