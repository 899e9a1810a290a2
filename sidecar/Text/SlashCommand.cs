namespace Sidecar.Text;

/// <summary>The one slash command that everything is reached by.</summary>
public static class SlashCommand
{
    /// <summary>The word with which every command starts.</summary>
    public const string Trigger = "escalate";
}
