namespace Sidecar.Scheduling;

/// <content>What is logged: once what goes wrong, however often it is tried.</content>
internal sealed partial class DueTimes
{
    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{Kind} of {Id}, due at {DueAt:u}, failed (ref {Reference}). It is tried again at {Until:u}, then at longer intervals; that is not logged again"
        )]
        public static partial void Failed(
            ILogger logger,
            string kind,
            string id,
            DateTimeOffset? dueAt,
            string reference,
            DateTimeOffset until,
            Exception fault
        );

        [LoggerMessage(
            Level = LogLevel.Debug,
            Message = "{Kind} of {Id} failed again (ref {Reference}); next try at {Until:u}"
        )]
        public static partial void FailedAgain(
            ILogger logger,
            string kind,
            string id,
            string reference,
            DateTimeOffset until
        );

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "{Kind} of {Id} is not due any more (ref {Reference})"
        )]
        public static partial void Over(ILogger logger, string kind, string id, string reference);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "What is due can't be done now; it is tried again every few seconds"
        )]
        public static partial void Unable(ILogger logger, Exception problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "What is due is done again")]
        public static partial void AbleAgain(ILogger logger);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "{Kind} (first seen: {Id}) fell due, and nothing in this release does it. It is left alone; a release that knows it will do it"
        )]
        public static partial void Unknown(ILogger logger, string kind, string id);
    }
}
