using System.Text.Json;
using Sidecar.Mattermost.Admin;
using Sidecar.Text;

namespace Sidecar.Setup.Doctor;

/// <summary>What the checks share: what is recorded, and the ways to Mattermost that turned out to work.</summary>
internal sealed class DoctorContext(string dataDirectory, Secret? adminToken, SetupSeams seams)
{
    public SecretsFile File { get; } = new(dataDirectory);

    /// <summary>The settings file that was named; null for the data directory's.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>The engine that was named; null for the one that is there.</summary>
    public string? Store { get; init; }

    public Secret? AdminToken => adminToken;

    public SetupSeams Seams => seams;

    /// <summary>Null when nothing usable is recorded.</summary>
    public Secrets? Secrets { get; set; }

    /// <summary>Null when Mattermost does not answer.</summary>
    public ServerGreeting? Greeting { get; set; }

    /// <summary>Mattermost as the bot; null when its token is not accepted.</summary>
    public MattermostAdmin? Bot { get; set; }

    /// <summary>Mattermost as an administrator; null without a token that is accepted.</summary>
    public MattermostAdmin? Administrator { get; set; }

    /// <summary>Mattermost's configuration; null without an administrator.</summary>
    public JsonElement? Config { get; set; }

    /// <summary>Mattermost got an answer of this sidecar.</summary>
    public bool MadeRoundTrip { get; set; }

    /// <summary>Which installation the running sidecar serves, as it says itself; null when nobody could ask it.</summary>
    public string? Serves { get; set; }

    /// <summary>What the running process says about itself when it is the one that looks; null at a terminal.</summary>
    public Action<Findings>? Inside { get; init; }

    /// <summary>Mattermost runs it as its plugin: it has no address, and nobody has run set-up.</summary>
    public bool IsPlugin { get; init; }

    /// <summary>What to run to mend what set-up made.</summary>
    public string InstallAgain =>
        IsPlugin
            ? "Disable and enable Escalate in System Console > Plugins > Plugin Management"
            : $"Run: {CommandNames.Install} --data {File.Directory}";
}
