namespace Sidecar.Outbox;

/// <content>What is logged: which effect and what about, never what it says.</content>
internal sealed partial class OutboxPump
{
    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "{Effect} ({About}) is tried again at {Until:u}: {Problem}"
        )]
        public static partial void Later(
            ILogger logger,
            string effect,
            string about,
            DateTimeOffset until,
            string problem
        );

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Mattermost, or something in front of it, asks for a pause; nothing is sent for {Seconds} s: {Problem}"
        )]
        public static partial void Busy(ILogger logger, double seconds, string problem);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "{Effect} ({About}) is parked: {Reason}"
        )]
        public static partial void Parked(
            ILogger logger,
            string effect,
            string about,
            string reason
        );

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "Mattermost does not accept the bot's token; nothing is delivered until it does. Make a new token for the bot and set it in the configuration. ({Problem})"
        )]
        public static partial void LockedOut(ILogger logger, string problem);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Mattermost accepts the bot's token again."
        )]
        public static partial void LetInAgain(ILogger logger);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{Effect} ({About}) failed through a fault and is tried again."
        )]
        public static partial void Fault(
            ILogger logger,
            string effect,
            string about,
            Exception fault
        );

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "That {Effect} waits could not be noted: {Problem}"
        )]
        public static partial void NotNoted(ILogger logger, string effect, string problem);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "The outbox can't be read; it is tried again in a few seconds."
        )]
        public static partial void CantRead(ILogger logger, Exception problem);
    }
}
