using Sidecar.Chat;

namespace Sidecar.Mattermost;

/// <summary>
/// An answer counts when it is about what was asked (F1): a cache in between gives out what somebody else asked for, and
/// rights and readers are judged by it.
/// </summary>
internal static class AnswerAbout
{
    /// <exception cref="ChatException">It is about another one.</exception>
    public static void Demand(string? said, string asked, string what)
    {
        if (said != asked)
        {
            throw new ChatException(
                ChatProblem.Uncertain,
                $"{what}: the answer is about another one than was asked about; something in front of Mattermost answers."
            );
        }
    }
}
