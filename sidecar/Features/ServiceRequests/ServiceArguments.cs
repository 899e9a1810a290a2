using Sidecar.Interactions;

namespace Sidecar.Features.ServiceRequests;

/// <summary>Parameters of the commands about service requests.</summary>
internal static class ServiceArguments
{
    /// <summary>What is offered while a number is typed.</summary>
    public const string Completed = "services";

    /// <summary>A service request: <c>SRV-4</c>.</summary>
    public static Parameter<ServiceRequestId> Id { get; } =
        new(
            "service request",
            "SRV-1",
            source => Arguments.Numbered<ServiceRequestId>(source, "SRV-4")
        )
        {
            Hint = "Which service request? Write its number, as in `SRV-4`.",
            Completes = Completed,
        };

    /// <summary>Where the next page of a list begins.</summary>
    public static Parameter<ServiceRequestId?> After { get; } =
        new(
            "after",
            "[after SRV-1]",
            source =>
                source.Next is { IsQuoted: false } word && word.Says("after")
                    ? source.AfterNext is { } id && ServiceRequestId.Read(id.Value) is { } read
                        ? ReadArgument.Of<ServiceRequestId?>(read, taken: 2)
                        : ReadArgument.Wrong<ServiceRequestId?>(
                            "After which one? Copy the command from the end of the previous page."
                        )
                    : ReadArgument.Absent<ServiceRequestId?>()
        )
        {
            IsOptional = true,
            Hint = "Copy the command from the end of the previous page.",
        };
}
