using System.Text.Json.Serialization;
using Sidecar.Features.AgendaItems;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.Domain;

/// <content>What is said about it in the weekly meeting (WEEK-1).</content>
[JsonDerivedType(typeof(AssignmentInMeeting), "inMeeting")]
internal abstract partial record AssignmentFact
{
    public sealed record AssignmentInMeeting(MeetingNote Note) : AssignmentFact(Note.By)
    {
        public override Markdown Sentence => Note.Said;

        public override Markdown ToldTo(bool isOurs) => isOurs ? Note.Said : Note.SaidToAll;
    }
}
