namespace Sidecar.Mattermost;

/// <content>What is logged.</content>
internal sealed partial class EventListener
{
    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "That the channel {Channel} changed could not be stored: {Problem}"
        )]
        public static partial void NotFollowed(ILogger log, string channel, string problem);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Listening to Mattermost's WebSocket"
        )]
        public static partial void Listens(ILogger log);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Listening to Mattermost's WebSocket again, from where it was cut: nothing was missed"
        )]
        public static partial void Resumed(ILogger log);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Reactions are not heard: there is no WebSocket to Mattermost ({Problem}: {Detail}). It is tried again, and what is missed is looked up then; everything else works. The doctor says more."
        )]
        public static partial void NoLine(ILogger log, WebSocketProblem problem, string detail);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Reactions are not heard: Mattermost does not let the bot's token in ({Detail}). It is tried again. If it stays, run install again."
        )]
        public static partial void NotLetIn(ILogger log, string detail);

        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "The next try is in {Seconds} s ({Problem}: {Detail})"
        )]
        public static partial void Again(
            ILogger log,
            double seconds,
            WebSocketProblem problem,
            string detail
        );

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Reactions that were missed are looked up again in {Seconds} s: {Problem}"
        )]
        public static partial void NotLookedUp(ILogger log, double seconds, string problem);

        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "Reactions that were missed are looked up once more in {Seconds} s: {Problem}"
        )]
        public static partial void StillNotLookedUp(ILogger log, double seconds, string problem);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Up to when reactions were heard could not be noted: {Problem}"
        )]
        public static partial void NotNoted(ILogger log, string problem);
    }
}
