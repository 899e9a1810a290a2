namespace Sidecar.Ids;

/// <summary>
/// Lets the person who typed a command be answered later, where they typed it and before nobody else's eyes. Mattermost
/// takes it for 30 minutes, five times. Whoever has it can answer: it is as secret as a token.
/// </summary>
/// <param name="Value">Its id.</param>
public readonly record struct LateAnswer(string Value)
{
    /// <summary>Without the id, so that it can't reach a log.</summary>
    public override string ToString() => nameof(LateAnswer);
}
