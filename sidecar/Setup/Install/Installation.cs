using System.Text.Json;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Admin;
using Sidecar.Settings;
using Sidecar.Text;

namespace Sidecar.Setup.Install;

/// <summary>
/// Makes Mattermost and the data directory agree with what is declared. First it looks at everything and refuses if
/// something is in the way; then it makes what is missing and mends what differs, recording each step. What is right
/// already is left alone, so it can be run at any time.
/// </summary>
internal sealed class Installation(
    InstallRequest request,
    TimeProvider clock,
    Ledger ledger,
    HttpMessageHandler? network = null
)
{
    private readonly SecretsFile _file = new(request.DataDirectory);

    /// <exception cref="SetupException">It could not be done, or not all of it; what was done is recorded.</exception>
    public async Task Run(CancellationToken cancel)
    {
        try
        {
            await Install(cancel);
        }
        catch (MattermostException refused)
        {
            throw Refusals.Explain(refused, _file, ledger);
        }
    }

    private async Task Install(CancellationToken cancel)
    {
        _file.Prepare();
        var recorded = _file.Find();
        var (mattermost, publicUrl) = Addresses(recorded);
        using var server = new ServerConnection(mattermost, network);
        var greeting = await server.Greet(clock, cancel);
        var administrator = await Preflight.VerifyAdministrator(
            server.As(request.AdminToken),
            cancel
        );
        var session = new SetupSession(
            request,
            server,
            _file,
            new Secrets(
                mattermost,
                publicUrl,
                recorded?.Bot ?? new BotSecrets("", "", "", Secret.None),
                recorded?.Teams ?? []
            )
            {
                InstalledBy = recorded is null ? administrator.Id : recorded.InstalledBy,
            },
            ledger
        );
        await VerifySameServer(session, recorded, cancel);
        await Preflight.VerifyRunsOnce(session.Admin, cancel);
        var config = await session.Admin.Config(cancel);
        session.Site = ServerSetting.SiteUrl.TextIn(config);
        Preflight.VerifySettings(config, await BotExists(session, cancel));
        var (teams, gone) = await new TeamChoice(session).Read(cancel);

        await Preflight.Warn(config, mattermost, publicUrl, greeting, ledger, cancel);
        TellAddresses(recorded, session.Secrets);
        Forget(session, gone);
        CloseToOthers();
        await new BotStep(session).Ensure(cancel);
        foreach (var team in teams)
        {
            await new TeamStep(session, team).Ensure(cancel);
        }

        await new PluginStep(session, greeting, config).Ensure(cancel);
        await new StoreStep(request, clock, ledger).Ensure(cancel);
        Conclude(session);
    }

    private (Uri Mattermost, Uri Public) Addresses(Secrets? recorded)
    {
        var mattermost =
            request.Mattermost
            ?? recorded?.MattermostUrl
            ?? throw Missing("--url", "the address of Mattermost");
        var publicUrl =
            request.Public
            ?? recorded?.PublicUrl
            ?? throw Missing(
                "--public-url",
                "the address under which Mattermost reaches the sidecar"
            );
        return PublicAddress.Flaw(publicUrl, mattermost) is { } flaw
            ? throw new SetupException(
                flaw,
                "Give an address of its own, for example http://127.0.0.1:8085 on the same machine."
            )
            : (mattermost, publicUrl);
    }

    private SetupException Missing(string option, string what) =>
        new(
            $"{option} is missing, and nothing is recorded in {request.DataDirectory} from which to take {what}.",
            $"Give it with {option}."
        )
        {
            Exit = ExitCode.Usage,
        };

    private static async Task<bool> BotExists(SetupSession session, CancellationToken cancel)
    {
        var recorded = session.Secrets.Bot;
        return (
                recorded.UserId.Length > 0
                && await session.Admin.FindBot(recorded.UserId, cancel) is not null
            ) || await session.Admin.FindAccount(session.Request.BotName, cancel) is not null;
    }

    private async Task VerifySameServer(
        SetupSession session,
        Secrets? recorded,
        CancellationToken cancel
    )
    {
        if (
            recorded is null
            || recorded.MattermostUrl == session.Secrets.MattermostUrl
            || recorded.Bot.UserId.Length == 0
            || await session.Admin.FindBot(recorded.Bot.UserId, cancel) is not null
        )
        {
            return;
        }

        throw new SetupException(
            $"{_file.Path} belongs to an installation on {recorded.MattermostUrl}, and the bot of that one is not known at {session.Secrets.MattermostUrl}.",
            "Use another data directory for this server, or take the first installation away with --uninstall."
        );
    }

    private void TellAddresses(Secrets? before, Secrets now)
    {
        if (before is null)
        {
            return;
        }

        if (before.MattermostUrl != now.MattermostUrl)
        {
            ledger.Repaired("address of Mattermost", $"it was {before.MattermostUrl}");
        }

        if (before.PublicUrl != now.PublicUrl)
        {
            ledger.Repaired("public address of the sidecar", $"it was {before.PublicUrl}");
        }
    }

    private void Forget(SetupSession session, IReadOnlyList<TeamSecrets> gone)
    {
        session.Record(session.Secrets with { Teams = session.Secrets.Teams.RemoveRange(gone) });
        foreach (var team in gone)
        {
            ledger.Removed(
                $"team {team.Name}",
                "Mattermost does not have it any more, or archived it"
            );
        }
    }

    private void CloseToOthers()
    {
        if (_file.Exposed() is { } open)
        {
            _file.Close();
            ledger.Repaired(open, "others could get at it, now only its owner can");
        }
    }

    private void Conclude(SetupSession session)
    {
        ledger.Note("");
        ledger.Note(
            ledger.Changes == 0
                ? "Nothing had to be changed."
                : $"Set up. The tokens are in {_file.Path}, readable by their owner only."
        );
        if (session.FileChanged)
        {
            ledger.Note("A sidecar that is running has to be started again to know them.");
        }

        ledger.Note($"Start it:  {CommandNames.Run} --data {_file.Directory}");
        ledger.Note($"Check it:  {CommandNames.Doctor} --data {_file.Directory}");
        ledger.Note(
            "Then: the bot writes to you in Mattermost what works already and what is left, with a button for each step."
        );
    }
}
