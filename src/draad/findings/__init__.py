"""What a careful reader finds in the sources: computed by rules, kept beside the records it rests on."""
